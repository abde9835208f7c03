%matplotlib inline
!ls -l
await x
foo?
