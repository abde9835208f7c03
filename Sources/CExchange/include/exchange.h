#ifndef ASYNCRULES_EXCHANGE_H
#define ASYNCRULES_EXCHANGE_H

/// Exchanges what two paths name, in one step; returns 0, or -1 with errno set.
///
/// Source: renameat2(2), RENAME_EXCHANGE.
int exchange_paths(const char *first, const char *second);

#endif
