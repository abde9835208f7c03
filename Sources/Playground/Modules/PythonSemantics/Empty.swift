// Nothing: see the end of Package.swift.
