type X[T"""] = li
