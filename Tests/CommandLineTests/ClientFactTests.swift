import Testing

/// What the rules know of clients of services and of what helpers of the standard library hand on.
struct ClientFactTests {
  typealias Project = LibraryFactTests.Project

  @Test(arguments: projects)
  func `what waits for a service is found, and what does not is left alone`(
    project: Project
  ) throws {
    try project.check()
  }

  static let projects = [
    Project(
      testDescription: "results of AWS are read page by page and chunk by chunk",
      files: [
        (
          "store.py",
          """
          import boto3
          import aioboto3

          client = boto3.client("s3")
          bucket = boto3.resource("s3").Bucket("photos")

          async def names():
              pages = client.get_paginator("list_objects_v2").paginate(Bucket="photos")
              for page in pages:
                  print(page)
              return [item.key for item in bucket.objects.filter(Prefix="2026/")]

          async def content(key):
              return client.get_object(Bucket="photos", Key=key)["Body"].read()

          async def names_well():
              async with aioboto3.Session().client("s3") as client:
                  async for page in client.get_paginator("list_objects_v2").paginate():
                      print(page)

          """
        )
      ],
      findings: [
        "store.py:9:17: AR111", "store.py:11:34: AR111", "store.py:14:12: AR111",
        "store.py:14:12: AR111",
      ]),
    Project(
      testDescription: "clients that are made of other clients",
      files: [
        (
          "clients.py",
          """
          import anthropic
          from azure.storage.blob import BlobServiceClient
          from openai import AsyncOpenAI, OpenAI
          from pinecone import Pinecone
          from psycopg_pool import ConnectionPool

          pool = ConnectionPool("postgres://host/shop")

          async def ask(text):
              OpenAI().with_options(timeout=5).responses.create(model="m", input=text)
              anthropic.AnthropicBedrock().messages.create(model="m", max_tokens=9, messages=[])
              await AsyncOpenAI().with_options(timeout=5).responses.create(model="m", input=text)

          async def save(text):
              service = BlobServiceClient.from_connection_string("…")
              service.get_blob_client("notes", "today").upload_blob(text)
              Pinecone(api_key="…").Index("notes").upsert(vectors=[])
              with pool.connection() as connection:
                  connection.execute("INSERT INTO notes VALUES (%s)", (text,))

          """
        )
      ],
      findings: [
        "clients.py:10:5: AR111", "clients.py:11:5: AR111", "clients.py:16:5: AR111",
        "clients.py:17:5: AR111", "clients.py:18:10: AR106", "clients.py:19:9: AR106",
      ]),
    Project(
      testDescription: "commands, questions and feeds",
      files: [
        (
          "commands.py",
          """
          import feedparser
          import httpx
          import paramiko
          import questionary
          from plumbum import local
          from plumbum.cmd import git

          async def ask():
              name = questionary.text("Name?").ask()
              return name, await questionary.text("Town?").ask_async()

          async def update(host):
              git("pull")
              git["status"]()
              local["make"]()
              ssh = paramiko.SSHClient()
              ssh.connect(host)
              _, output, errors = ssh.exec_command("make")
              return output.read(), errors.read()

          async def news(text, feed_url):
              feedparser.parse(feed_url)
              feedparser.parse("https://example.org/news")
              feedparser.parse(text)
              async with httpx.AsyncClient() as client:
                  feedparser.parse((await client.get(feed_url)).text)

          """
        )
      ],
      findings: [
        "commands.py:9:12: AR109", "commands.py:13:5: AR107", "commands.py:14:5: AR107",
        "commands.py:15:5: AR107", "commands.py:17:5: AR110", "commands.py:18:25: AR110",
        "commands.py:19:12: AR110", "commands.py:19:27: AR110", "commands.py:22:5: AR102",
        "commands.py:23:5: AR102",
      ]),
    Project(
      testDescription: "a stream that httpx reads, or that has been read",
      files: [
        (
          "stream.py",
          """
          import httpx

          async def lines(url):
              with httpx.stream("GET", url) as response:
                  for line in response.iter_lines():
                      print(line)
              async with httpx.AsyncClient() as client:
                  response = await client.get(url)
                  for part in response.iter_bytes():
                      print(part)

          """
        )
      ],
      findings: ["stream.py:4:10: AR102", "stream.py:5:21: AR102"]),
    Project(
      testDescription: "a library's own threads, and its methods that nobody awaits",
      files: [
        (
          "watch.py",
          """
          import asyncio
          from rest_framework import serializers
          from watchdog.events import FileSystemEventHandler

          class Changes(FileSystemEventHandler):
              def __init__(self, loop, queue: asyncio.Queue):
                  self.loop = loop
                  self.queue = queue

              def on_modified(self, event):
                  self.queue.put_nowait(event)

              def on_created(self, event):
                  self.loop.call_soon_threadsafe(self.queue.put_nowait, event)

              async def on_deleted(self, event):
                  pass

          class Note(serializers.Serializer):
              async def validate(self, attrs):
                  return attrs

          async def main():
              pass

          """
        )
      ],
      findings: ["watch.py:11:9: AR309", "watch.py:16:15: AR852", "watch.py:20:15: AR852"]),
    Project(
      testDescription: "what a database gives, and what has to be closed",
      files: [
        (
          "rows.py",
          """
          import aio_pika
          import asyncpg
          from aiohttp import web
          from aiokafka import AIOKafkaProducer

          async def names(pool: asyncpg.Pool):
              async for row in await pool.fetch("SELECT name FROM users"):
                  print(row)
              async for row in pool.fetch("SELECT name FROM users"):
                  print(row)
              for row in await pool.fetch("SELECT name FROM users"):
                  print(row)

          async def send(text):
              connection = await aio_pika.connect_robust("amqp://host")
              await connection.channel()
              producer = AIOKafkaProducer()
              await producer.start()
              await producer.stop()

          class Show(web.View):
              async def get(self):
                  data = self.request.json()
                  return web.json_response(await self.request.json())

          """
        )
      ],
      findings: [
        "rows.py:7:22: AR804", "rows.py:9:22: AR804", "rows.py:15:24: AR922",
        "rows.py:23:16: AR203",
      ]),
    Project(
      testDescription: "names of asyncio below its modules, and other context managers",
      files: [
        (
          "names.py",
          """
          import asyncio
          import redis.asyncio as redis
          from asyncio.events import get_event_loop
          from opentelemetry import trace

          tracer = trace.get_tracer(__name__)

          async def loops(function, client: redis.Redis):
              loop = get_event_loop()
              asyncio.coroutines.iscoroutinefunction(function)
              with client.lock("jobs"):
                  await asyncio.sleep(1)
              async with client.pipeline() as pipeline:
                  await pipeline.execute()
              async with tracer.start_as_current_span("work"):
                  await asyncio.sleep(1)

          async def build():
              loop = asyncio.get_running_loop()
              process = await asyncio.create_subprocess_exec("make", stdout=-1)
              async with asyncio.timeout_at(loop.time() + 60):
                  await process.communicate()

          @tracer.start_as_current_span("report")
          async def report():
              pass

          async def main():
              report()

          """
        )
      ],
      findings: [
        "names.py:9:12: AR305", "names.py:10:5: AR307", "names.py:11:10: AR801",
        "names.py:15:16: AR802", "names.py:22:15: AR904", "names.py:29:5: AR202",
      ]),
    Project(
      testDescription: "the class of the users, content types and views that list objects",
      files: [
        (
          "views.py",
          """
          from django.contrib.auth import get_user_model
          from django.contrib.auth.models import User
          from django.contrib.contenttypes.models import ContentType
          from django.http import JsonResponse
          from django.views.generic import ListView

          UserModel = get_user_model()

          async def show(request):
              user = await UserModel.objects.aget(pk=1)
              count = UserModel.objects.count()
              first = get_user_model().objects.filter(pk=1).first()
              kind = ContentType.objects.get_for_model(User)
              made = User.objects.create_user("Aoi")
              return JsonResponse({"found": [user.pk, count, first.pk, kind.pk, made.pk]})

          class Rows(ListView):
              async def get(self, request):
                  rows = [row.pk async for row in self.get_queryset()]
                  return JsonResponse({"rows": rows, "all": list(self.get_queryset())})

          """
        )
      ],
      findings: [
        "views.py:11:13: AR601", "views.py:12:13: AR601", "views.py:13:12: AR601",
        "views.py:14:12: AR601", "views.py:20:51: AR601",
      ]),
  ]
}
