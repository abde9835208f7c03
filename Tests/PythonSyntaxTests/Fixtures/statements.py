import a.b as c, d
from ..e import (f as g, h,)
from . import *
global q
del a, b[0], (c.d)
assert x, y
raise E from F
x: int = 1
x = y = z
x += 1; pass; return
