"""What a request says of itself is believed when somebody of ours says it: where it comes from, under which name, in what order.

``X-Forwarded-For`` and ``X-Forwarded-Proto`` are read (``opendata.threshold.callers``, Django) only from a proxy: a caller of
``EQUERRE_PROXY_ADDRESSES``, else of a private address. A name of host is one of ``EQUERRE_HOSTS``; its port is the one that
listens, that of the public address, or one that ``EQUERRE_HOSTS`` writes. And whatever is answered, from the health of the
machine to a name that is refused, wears the headers that keep a browser from being used against its owner.
"""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.http.response import HttpResponseBase
from django.middleware.security import SecurityMiddleware

Answer = Callable[[HttpRequest], HttpResponseBase]

_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO")
_USUAL_PORTS = {"", "80", "443"}


class SecurityHeaders(SecurityMiddleware):
    """Django's headers on every answer. Its other office, to lead to HTTPS, is done further in."""

    def process_request(self, request: HttpRequest) -> None:
        """Nothing."""


def only_from_proxies(get_response: Answer) -> Answer:
    """A middleware: what anybody may write of himself is taken off, but from a proxy."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        if not _is_proxy(str(request.META.get("REMOTE_ADDR", ""))):
            for header in _FORWARDED:
                request.META.pop(header, None)
        return get_response(request)

    return answered


def _is_proxy(address: str) -> bool:
    if not address:
        return True  # a socket of this machine, which has no address
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    named = settings.PROXY_ADDRESSES
    return any(found in network for network in named) if named else found.is_private


def only_our_ports(get_response: Answer) -> Answer:
    """A middleware: a host that is asked by a port which is not ours is refused, as one of another name is."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        port = split_domain_port(request.get_host())[1]
        public = urlsplit(settings.ADDRESS).port
        ours = {*_USUAL_PORTS, str(request.META.get("SERVER_PORT", "")), str(public or ""), *settings.HOST_PORTS}
        if port not in ours:
            raise DisallowedHost("This port is not one of ours.")
        return get_response(request)

    return answered
