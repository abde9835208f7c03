x = a.b(c, *d, e=f, **g)[1:2, ::3] if not h and i or j in k else -l ** m
y = [i async for i in z if i if j], {**d, 'a': 1}
lambda a, /, b=1, *c, d, *del (yield)
(n := 10)
