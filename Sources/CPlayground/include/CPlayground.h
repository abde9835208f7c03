#ifndef ASYNCRULES_PLAYGROUND_H
#define ASYNCRULES_PLAYGROUND_H

// Nothing to call: the runtime that Embedded Swift expects, for WebAssembly without a system.

#endif
