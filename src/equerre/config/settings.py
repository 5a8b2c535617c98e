"""The settings of the server, from the environment. With none set: SQLite in ``EQUERRE_HOME``, on this machine only.

EQUERRE_HOME           the folder of the database and of the key; by default .demo in a clone where `make demo` ran, else
                       ~/.local/share/equerre
DATABASE_URL           postgres://name:password@host:5432/base, in place of SQLite
EQUERRE_HOSTS          the names under which one reaches the server, with their port when it is not the one that listens;
                       127.0.0.1,localhost by default
EQUERRE_HTTPS          oui when the server stands behind HTTPS: cookies and redirections follow
EQUERRE_SECRET_KEY     in place of the key of the folder, when several machines serve
EQUERRE_PUBLISHER      who publishes this server, and how to reach them: said on /mentions-legales
EQUERRE_HOSTING        who hosts it, said there too
EQUERRE_ADDRESS        the public address of this server, https://…: what feeds, sitemap and canonical links say
EQUERRE_SECURITY       where to report a flaw (mailto:… or https://…): security.txt is served when it is there
EQUERRE_API_RATE       how many requests a minute one caller may make of the API; 300 by default, 0 for no limit; a fifth
                       of it is how many pages are made anew for him
EQUERRE_PROXIES        how many proxies of ours stand before the server; 0 by default
EQUERRE_PROXY_ADDRESSES  the addresses or networks from which they call; by default any private address
EQUERRE_LOGS_JSON      oui for logs as JSON, one object a line
EQUERRE_DEBUG          oui on a developer's machine, never elsewhere
"""

from __future__ import annotations

from csp.constants import NONE, SELF

from equerre.config import environment

HOME = environment.home()
OF_TRIAL = environment.asks_the_demo_unsaid()
SECRET_KEY = environment.secret_key(HOME)
DEBUG = environment.flag("EQUERRE_DEBUG", default=False)
ALLOWED_HOSTS, HOST_PORTS = environment.hosts("EQUERRE_HOSTS", "127.0.0.1,localhost")
PUBLISHER = environment.text("EQUERRE_PUBLISHER", "")
HOSTING = environment.text("EQUERRE_HOSTING", "")
ADDRESS = environment.address("EQUERRE_ADDRESS", "http", "https").rstrip("/")
SECURITY_CONTACT = environment.address("EQUERRE_SECURITY", "mailto", "https")
API_RATE = environment.integer("EQUERRE_API_RATE", 300, least=0)
PROXIES = environment.integer("EQUERRE_PROXIES", 0, least=0, most=9)
PROXY_ADDRESSES = environment.networks("EQUERRE_PROXY_ADDRESSES")
PROXIES_SAID = environment.variable("EQUERRE_PROXIES") is not None

# --- Rooms -----------------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "equerre.web",
    "equerre.api",
    "equerre.cases",
    "equerre.registry",
    "equerre.opendata",
    "equerre.accounts",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
]
MIDDLEWARE = [
    # What every answer wears, whoever gives it: the health, a file, a refusal.
    "equerre.config.door.SecurityHeaders",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "equerre.config.door.only_from_proxies",
    "equerre.web.health.Health",
    "equerre.config.door.only_our_ports",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "equerre.web.away.DatabaseAway",
]
SHOWCASE = "equerre.demo"  # the invented schools that the first page shows when the register holds them
ROOT_URLCONF = "equerre.config.urls"
WSGI_APPLICATION = "equerre.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Facts at rest, persons ------------------------------------------------------------------------------------------------

DATABASES = {"default": environment.database(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Person"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {},
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]

# --- French, Paris ---------------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
USE_I18N = True
TIME_ZONE = "Europe/Paris"
USE_TZ = True

# --- Files of the pages: named after their content, kept for ever by a browser ----------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- What a browser may do with a page: read it, send its forms back, nothing from elsewhere --------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True

HTTPS = environment.flag("EQUERRE_HTTPS", default=False)
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# The rest of the operator's domain is not ours to promise HTTPS for: no subdomains, no preload list.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS and host != "*"]

# --- What people send: a few fields of text, never a file --------------------------------------------------------------------

FILE_UPLOAD_HANDLERS = ["equerre.config.uploads.UploadRefused"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

# --- Logs: what broke, where; never who nor what ----------------------------------------------------------------------------

LOGS_AS_JSON = environment.flag("EQUERRE_LOGS_JSON", default=False)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "discreet": {"()": "equerre.config.logs.Discreet", "format": "{levelname} {name} {message}", "style": "{"},
        "lines": {"()": "equerre.config.logs.Lines", "format": "{message}", "style": "{"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "lines" if LOGS_AS_JSON else "discreet"},
        "none": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # A name that is not ours in a request is the caller's mistake, and the message repeats what he wrote.
        "django.security.DisallowedHost": {"handlers": ["none"], "propagate": False},
    },
}
