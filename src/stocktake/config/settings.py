"""Django's settings, from the environment and nothing else."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from stocktake.config.env import Environment, secret_key
from stocktake.lib.multilingual import LANGUAGES as UN_LANGUAGES
from stocktake.lib.multilingual import OWN_NAMES

_env = Environment()
PACKAGE = Path(__file__).resolve().parent.parent
STOCKTAKE_HOME: Path = _env["STOCKTAKE_HOME"]
STOCKTAKE_DATA_DIR = PACKAGE / "data"
STOCKTAKE_SEARCH_DIR = STOCKTAKE_HOME / "search"
STOCKTAKE_CACHE_DIR = STOCKTAKE_HOME / "cache"
STOCKTAKE_SAMPLE: bool = _env["STOCKTAKE_SAMPLE"]
STOCKTAKE_ORIGIN: str = _env["STOCKTAKE_ORIGIN"]
STOCKTAKE_WEB_WORKERS: int = _env["STOCKTAKE_WEB_WORKERS"]

SECRET_KEY = secret_key(_env["STOCKTAKE_SECRET_KEY"], STOCKTAKE_HOME)
DEBUG: bool = _env["STOCKTAKE_DEBUG"]
_origin = urlsplit(STOCKTAKE_ORIGIN)
ALLOWED_HOSTS: list[str] = ["localhost", "127.0.0.1", "[::1]", *_env["STOCKTAKE_HOSTS"]]
if _origin.hostname:
    ALLOWED_HOSTS.append(_origin.hostname)
    CSRF_TRUSTED_ORIGINS = [STOCKTAKE_ORIGIN.rstrip("/")]
_is_https = _origin.scheme == "https"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "rules",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "stocktake.kernel.common",
    "stocktake.kernel.history",
    "stocktake.kernel.jobs",
    "stocktake.kernel.accounts",
    "stocktake.kernel.vocabularies",
    "stocktake.kernel.search",
    "stocktake.domain.frameworks",
    "stocktake.domain.stakeholders",
    "stocktake.domain.documents",
    "stocktake.domain.activities",
    "stocktake.domain.asks",
    "stocktake.exchange",
    "stocktake.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "stocktake.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "stocktake.web.middleware.PrivateWhenSignedInMiddleware",
]

ROOT_URLCONF = "stocktake.config.urls"
WSGI_APPLICATION = "stocktake.config.wsgi.application"

_context_processors = [
    "django.template.context_processors.request",
    "django.contrib.messages.context_processors.messages",
    "django.contrib.auth.context_processors.auth",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "environment": "stocktake.web.environment.environment",
            "context_processors": [
                *_context_processors,
                "stocktake.web.context.page",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _context_processors},
    },
]

DATABASES = {"default": _env.database(STOCKTAKE_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,3/900s/key",
    "unasked_mail": "3/3600s/key",
}
ACCOUNT_FORMS = {
    "login": "stocktake.web.desk.forms.SignInForm",
    "signup": "stocktake.web.desk.forms.SignUpForm",
    "add_email": "stocktake.web.desk.forms.AddressForm",
    "confirm_login_code": "stocktake.web.desk.forms.SignInCodeForm",
    "confirm_email_verification_code": "stocktake.web.desk.forms.AddressCodeForm",
}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_ADAPTER = "stocktake.kernel.accounts.adapter.AccountAdapter"
ALLAUTH_TRUSTED_PROXY_COUNT = int(_is_https)
MFA_ADAPTER = "stocktake.kernel.accounts.adapter.MfaAdapter"
MFA_FORMS = {
    "authenticate": "stocktake.web.desk.forms.SecondStepForm",
    "reauthenticate": "stocktake.web.desk.forms.ProveAgainForm",
    "activate_totp": "stocktake.web.desk.forms.AddAppForm",
    "add_webauthn": "stocktake.web.desk.forms.AddPasskeyForm",
    "edit_webauthn": "stocktake.web.desk.forms.NamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False

LANGUAGE_CODE = "en"
LANGUAGES = [("zh-hans" if code == "zh" else code, OWN_NAMES[code]) for code in UN_LANGUAGES]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "language"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = STOCKTAKE_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "stocktake.web.assets.BundledStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _is_https
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "stocktake.web.errors.forged"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if _is_https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _is_https else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

DEFAULT_FROM_EMAIL: str = _env["STOCKTAKE_MAIL_FROM"]
EMAIL_TIMEOUT = 20
if _mail := _env.mail():
    globals().update({name: value for name, value in _mail.items() if name.startswith("EMAIL_")})
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = STOCKTAKE_HOME / "outbox"

SITE_NAME = _("Stocktake")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"stocktake": {"level": "INFO"}},
}
