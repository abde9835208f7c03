0x_ff 0b1_0 0o17 1_000.5e-1_0j 00 .5 1.e3 1if 2else 3
