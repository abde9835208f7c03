async def f[T: int = str, *Ts, **P](a: int, /, b=1, *args: *Ts, c, **kw) -> None:
    async with (a as b, c as d):
        await x
    async for i in y:
        break
    else:
        continue
    try:
        pass
    except* (A, B) as e:
        pass
    finally:
        pass
@d.e(1)
class C[T](B, metaclass=M):
    '''doc'''
    if a: pass
    elif b: pass
    else: pass
while x := y:
	pass
