import AsyncChecks
import Testing

@Suite struct DjangoTests {
  private let head = """
    from asgiref.sync import sync_to_async
    from app.models import Topic

    """

  private func ids(_ body: String) -> [String] {
    messages(head + "async def view(request):\n    qs = Topic.objects.filter(a=1)\n    \(body)")
  }

  @Test(arguments: [
    ("for t in qs: pass", "AR601 iteration async for"),
    ("x = [t for t in qs]", "AR601 iteration async for"),
    ("list(qs)", "AR601 builtin list async for"),
    ("len(qs)", "AR601 builtin len async for"),
    ("print(qs)", "AR601 printed print async for"),
    ("x = f'{qs}'", "AR601 printed f-string async for"),
    ("if qs: pass", "AR601 condition async for"),
    ("x = qs[0]", "AR601 index async for"),
    ("x = 1 in qs", "AR601 iteration async for"),
    ("qs.get()", "AR601 method django.db.models.QuerySet.get django.db.models.QuerySet.aget"),
    (
      "x = Topic.objects.get(a=1)",
      "AR601 method django.db.models.Manager.get django.db.models.QuerySet.aget"
    ),
    ("for t in Topic.objects.all().filter(b=1).values(): pass", "AR601 iteration async for"),
    ("return qs", "AR602 returned view"),
    ("return Topic.objects.all()[:3]", "AR602 returned view"),
  ])
  func `an evaluation in a coroutine is reported`(body: String, message: String) {
    #expect(ids(body) == [message])
  }

  @Test(arguments: [
    "async for t in qs: pass",
    "x = [t async for t in qs]",
    "x = await qs.aget()",
    "x = await sync_to_async(list)(qs)",
    "x = qs[:3]",
    "x = qs.filter(b=1)",
    "x = await sync_to_async(lambda: list(qs))()",
    "def inner(): return list(qs)",
    "return render(request, qs)",
    "async for t in qs: pass\n    print(len(qs))",
  ])
  func `lazy and asynchronous uses are right`(body: String) {
    #expect(ids(body) == [])
  }

  @Test func `a model of the project is known by its base`() {
    let text = """
      from django.db import models
      class Topic(models.Model):
          pass
      async def view():
          topic = Topic(a=1)
          topic.save()
          return len(Topic.objects.all())
      """
    #expect(findings(text) == ["AR601 topic.save()", "AR601 len(Topic.objects.all())"])
  }

  @Test func `the fix calls the asynchronous twin`() {
    let start = head + "async def view():\n    return "
    #expect(
      fixed(start + "Topic.objects.filter(a=1).get().title\n", upTo: .unsafe)
        == start + "(await Topic.objects.filter(a=1).aget()).title\n")
  }
}

@Suite struct BridgeTests {
  private let head = """
    from asgiref.sync import sync_to_async
    async def load(): ...
    def work(x=0): ...

    """

  @Test(arguments: [
    ("x = sync_to_async(load)", "AR501 call load asgiref.sync.sync_to_async"),
    ("@sync_to_async\nasync def g(): ...", "AR501 decorator g asgiref.sync.sync_to_async"),
    (
      "@sync_to_async(thread_sensitive=False)\nasync def g(): ...",
      "AR501 decorator g asgiref.sync.sync_to_async"
    ),
    ("async def f():\n    sync_to_async(work)(1)", "AR502 call work"),
    ("async def f():\n    x = sync_to_async(work)(1)\n    print(x)", "AR502 call work"),
    ("w = sync_to_async(work)\nasync def f():\n    w()", "AR502 call w"),
    ("@sync_to_async\ndef g(): ...\nasync def f():\n    g()", "AR502 call g"),
  ])
  func `a misused bridge is reported`(text: String, message: String) {
    #expect(messages(head + text) == [message])
  }

  @Test(arguments: [
    "x = sync_to_async(work)",
    "async def f():\n    await sync_to_async(work)(1)",
    "async def f():\n    return sync_to_async(work)(1)",
    "async def f():\n    x = sync_to_async(work)(1)\n    await x",
    "@sync_to_async\ndef g(): ...\nasync def f():\n    await g()",
  ])
  func `a bridge that is awaited is right`(text: String) {
    #expect(findings(head + text) == [])
  }
}
