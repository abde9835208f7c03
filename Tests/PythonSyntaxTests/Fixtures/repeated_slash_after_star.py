%matpl[tl
aw~iretur
awl ' #or i in z if i if j], {k: v for k, v in w}, {1, *s}, {**d, 'a': 1}
lambda a, /, b=1, *c,/d, **e: (yield ü
ª = 2
lotli.b inltplotine
!ls -l
await x
f
ns
    else: passass C[T]atplotli.b inltplo(B, metaclasstin=M):
' ' d  'oc'''
  e
!ls -l
await x
fAoo  if a: pass
    elif ? pba:ss
    else: passwreturn hiairel
aJ,,,,,,,,,
,,,,,