"""A sign-in page in Django that knows how often a code was sent, and hands it to the wizard.

HELP=https://help.example.com python sign_in.py runserver
"""

import json
import os
import sys
import time

import django
from django.conf import settings
from django.core.management import execute_from_command_line
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

HOUR = 3600
HELP = os.environ.get("HELP", "https://help.example.com")
PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Sign in</title>
<script type="module" src="{{ help }}/embed.mjs"></script>
<h1>Sign in</h1>
<form method="post">{% csrf_token %}<button>Send a code</button></form>
<p role="status">{% if facts.attempts %}We sent a text message.{% endif %}</p>
<helpdesk-wizard dialog context="{{ context }}">
<a href="{{ help }}/wizard/">Didn't get your code?</a>
</helpdesk-wizard>
"""
POLICY = f"default-src 'none'; script-src {HELP}; frame-src {HELP}; form-action 'self'"

settings.configure(
    ALLOWED_HOSTS=["localhost", "127.0.0.1"],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
    ],
    ROOT_URLCONF=__name__,
    SECRET_KEY=os.environ.get("SECRET_KEY", "only for this example"),
    SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
)
django.setup()


def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the page, and send a code when asked to."""
    now = time.time()
    sent = [at for at in request.session.get("sent", []) if now - at < HOUR]
    if request.method == "POST":
        sent.append(now)
    request.session["sent"] = sent
    facts = {"attempts": len(sent), "channel": "sms"}
    if sent:
        facts["seconds-since-send"] = int(now - sent[-1])
    page = engines["django"].from_string(PAGE)
    # The template escapes the JSON for its attribute.
    content = page.render({"help": HELP, "facts": facts, "context": json.dumps(facts)}, request)
    return HttpResponse(content, headers={"Content-Security-Policy": POLICY})


urlpatterns = [path("", sign_in)]
application = get_wsgi_application()

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
