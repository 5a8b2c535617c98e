"""Who asks: an address of IPv4, or a network of IPv6, never what a caller wrote of himself.

``EQUERRE_PROXIES`` says how many proxies stand before the server: the caller is then the address that the first of ours was
called from; the door (``config``) has taken the header off whatever did not come from a proxy. Without it every header is passed
over: ``X-Forwarded-For``, ``Forwarded``, ``X-Real-IP`` are anybody's to write.
"""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

_NEIGHBOURS = 64  # one subscriber has a whole /64 of IPv6


def caller(request: HttpRequest) -> str:
    """Whom to count; what is no address counts as one caller."""
    # Each proxy adds the address that called it at the end of the header: ours are the last ones.
    proxies: int = settings.PROXIES
    passed = [address.strip() for address in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
    seen = passed[-proxies] if proxies and len(passed) >= proxies else ""
    try:
        found = ip_address(seen or str(request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        return ""
    mapped = found.ipv4_mapped if found.version == 6 else None
    found = mapped or found  # « ::ffff:192.0.2.1 » is a caller of IPv4 at a door of IPv6
    return str(found) if found.version == 4 else str(ip_network((found, _NEIGHBOURS), strict=False))
