# coding: utf-8
if a:
	x = (1,
 # c
 2)

y = \
 3
