"""A Django project around an example: SQLite, the app `topics`, and each app of the example."""

import os

TOPICS = '''from django.db import models


class Topic(models.Model):
    title = models.CharField(max_length=80)

    def __str__(self):
        return self.title
'''


def prepare(folders):
    code = folders["code"]
    topics = os.path.join(code, "topics", "models.py")
    os.makedirs(os.path.dirname(topics), exist_ok=True)
    if not os.path.exists(topics):
        with open(topics, "w") as file:
            file.write(TOPICS)
    apps = []
    for name in sorted(os.listdir(code)):
        folder = os.path.join(code, name)
        if os.path.isdir(folder):
            with open(os.path.join(folder, "__init__.py"), "a"):
                pass
            if os.path.exists(os.path.join(folder, "models.py")):
                apps.append(name)
    import django
    from django.conf import settings

    settings.configure(
        INSTALLED_APPS=apps,
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": os.path.join(folders["work"], "database.sqlite3"),
            }
        },
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        SECRET_KEY="only for examples",
        ALLOWED_HOSTS=["*"],
        USE_TZ=True,
    )
    django.setup()
    fill()


def fill():
    """Makes the tables of all apps and three topics."""
    from django.apps import apps
    from django.db import connection

    with connection.schema_editor() as editor:
        for model in apps.get_models():
            editor.create_model(model)
    from topics.models import Topic

    for title in ["asyncio", "anyio", "trio"]:
        Topic.objects.create(title=title)
    connection.close()


def view(function, *arguments, path="/"):
    """Calls a view as Django does and returns the text of its response."""
    import asyncio

    from django.test import RequestFactory

    response = function(RequestFactory().get(path), *arguments)
    if asyncio.iscoroutine(response):

        async def awaited():
            return await response

        response = asyncio.run(awaited())
    return response.content.decode()
