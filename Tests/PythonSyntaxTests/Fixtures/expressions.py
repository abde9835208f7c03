x = a.b(c, *d, e=f, **g)[1:2, ::3] if not h and i or j in k else -l ** m
y = [i async for i in z if i if j], {k: v for k, v in w}, {1, *s}, {**d, 'a': 1}
lambda a, /, b=1, *c, d, **e: (yield)
(n := 10)
