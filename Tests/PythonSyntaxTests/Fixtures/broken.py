def f(x:
    foo(a, b
class C:
  def g(self)
    return [1, 2
   x = 'abc
  )
	z
