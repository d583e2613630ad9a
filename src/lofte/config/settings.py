"""Settings of the site. What differs between installations comes from the environment (docs/reference/settings.md)."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from lofte.config import env
from lofte.config.paths import var_folder
from lofte.config.secret import secret_key

PACKAGE = Path(__file__).resolve().parent.parent
VAR = var_folder()

DEBUG = env.boolean("LOFTE_DEBUG", False)
SECRET_KEY = secret_key(VAR)
BASE_URL = env.text("LOFTE_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.words("LOFTE_HOSTS", "127.0.0.1 localhost [::1]")
IS_HTTPS = BASE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "lofte.core",
    "lofte.design",
    "lofte.documents",
    "lofte.imports",
    "lofte.notices",
    "lofte.places",
    "lofte.parties",
    "lofte.voices",
    "lofte.evidence",
    "lofte.picture",
    "lofte.promises",
    "lofte.followup",
    "lofte.exchange",
    "lofte.statute",
    "lofte.desk",
    "lofte.public",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_tasks_db",
    "rules.apps.AutodiscoverRulesConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "lofte.core.middleware.LanguageFromAddress",
    "lofte.public.renamed.LeadOn",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lofte.parties.middleware.ViewerMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "lofte.config.urls"
WSGI_APPLICATION = "lofte.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "lofte.design.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "lofte.design.templatetags.design"],
        },
    }
]


CONNECTION_LIVES = 60


def _database(address: str) -> dict[str, object]:
    """SQLite under var/ unless LOFTE_DATABASE says postgresql://user:password@host:port/name."""
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": VAR / "lofte.sqlite3",
            # Measured: 14.6 ms of CPU for a voice with a connection opened anew each time, 10.5 ms with one kept.
            "CONN_MAX_AGE": CONNECTION_LIVES,
            # Measured: with SQLite's defaults 733 of 1 200 concurrent writes fail, with WAL + IMMEDIATE none.
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(address)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured(
            f"LOFTE_DATABASE begins with {parts.scheme!r}; leave it empty for SQLite or write postgresql://…"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": CONNECTION_LIVES,
    }


def _mailer(host: str) -> dict[str, object]:
    """SMTP when a host is named; otherwise mail is written to files, so that nothing is lost or sent by mistake."""
    if not host:
        return {"BACKEND": "django.core.mail.backends.filebased.EmailBackend", "OPTIONS": {"file_path": VAR / "mail"}}
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": host,
            "port": env.integer("LOFTE_SMTP_PORT", 25),
            "username": env.text("LOFTE_SMTP_USER"),
            "password": env.text("LOFTE_SMTP_PASSWORD"),
            "use_tls": env.boolean("LOFTE_SMTP_TLS", False),
            "timeout": 20,
        },
    }


DATABASES = {"default": _database(env.text("LOFTE_DATABASE"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Shared by the web processes: rate limits and work that counts once.
CACHES = {
    "default": {
        "BACKEND": "lofte.core.cache.SharedFileCache",
        "LOCATION": VAR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Svenska")), ("en", _("Engelska"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

AUTH_USER_MODEL = "parties.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "lofte.parties.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts are made by a coordinator, who knows the address
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:todo"

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
SECURE_HSTS_SECONDS = 31536000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.boolean("LOFTE_BEHIND_PROXY", False) else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "manifest-src": [CSP.SELF],
}

FORM_RENDERER = "lofte.design.forms.Renderer"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "lofte.design.storage.StaticStorage"},
}
# Static files are found in the package too, so that the site has its look before anyone has run collectstatic.
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)

MAILERS = {"default": _mailer(env.text("LOFTE_SMTP_HOST"))}
DEFAULT_FROM_EMAIL = env.text("LOFTE_FROM", "lofte@localhost")
# A function mailbox, shown in the foot of every page and on the error page.
CONTACT_EMAIL = env.text("LOFTE_CONTACT")
CHECK_LINKS = env.boolean("LOFTE_CHECK_LINKS", True)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOFTE_LOG_LEVEL", "WARNING")},
}
