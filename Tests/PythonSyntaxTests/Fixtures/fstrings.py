f'{a!r:>{w}.{p}} {{x}} {b = } {f"{c:{d}}"}' 'plain' rf'\d{e}'
f'''{
  x # comment
  :%Y
}'''
t'{x}{y!s:z}'
u'k' b'\x00\101' '\N{FIRE}\u1234\U0010ffff'
