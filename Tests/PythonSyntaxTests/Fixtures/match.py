match a, *b:
    case [1, -2.5 + 3j, *_] | {'k': v, **rest} if g:
        pass
    case C(x, y=D.E) as z | None | True | 'a' 'b':
        pass
    case (a, b), _:
        pass
type X[T] = list[T]
match = case = type = 1
