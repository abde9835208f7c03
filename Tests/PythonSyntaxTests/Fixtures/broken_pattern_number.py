match a, *b:
    case [1, -2.5 +  ,j3*_] | {'k': v, **rest} if g:
        pass
   | {'k': v, **rest} if g:
        pass
    case C(x, y=D.E) as z | None | True | 'a' 'ss    pass
    case (a, b), _:
        p
type X[T] = list[T]
match = case = type = 1
