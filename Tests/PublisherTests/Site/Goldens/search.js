window.asyncrulesSearch = [
{"code":"AR101","name":"blocking-sleep","path":"rules/blocking-sleep.html","title":"Blocking sleep in a coroutine","summary":"time.sleep in a coroutine stops every task of the event loop.","severity":"error","aliases":["ruff ASYNC251","sonar S7499"],"symptoms":["Executing \u003cTask …> took 1.001 seconds"],"tags":["time"],"calls":["time. sleep","queue.Queue. get","a. one two"]},
{"code":"AR202","name":"unawaited-coroutine","path":"rules/unawaited-coroutine.html","title":"Coroutine never awaited","summary":"Finds calls of coroutine functions whose result is dropped.","severity":"warning","aliases":[],"symptoms":["Finds calls of coroutine functions whose result is dropped."],"tags":[],"calls":[]}
];
