# Names the commands of the project; the work is in .ci/ and in the Swift package.

PREFIX ?= /usr/local
BINARY = .build/release/asyncrules
SWIFT_FLAGS = -c release -Xswiftc -enforce-exclusivity=unchecked --static-swift-stdlib

.PHONY: all dependencies build wasm publish test lint format benchmark install uninstall clean

all: publish

dependencies:
	@.ci/dependencies build

build: dependencies
	swift build $(SWIFT_FLAGS) --product asyncrules

# The checker for the pages of the website: .build/playground.wasm.
wasm: dependencies
	@.ci/wasm build

# BASE_URL says where the website will be: make BASE_URL=https://example.org/rules/
publish: build
	-@.ci/wasm build
	$(BINARY) publish --output build $(if $(BASE_URL),--base-url $(BASE_URL))

test:
	@.ci/test

lint:
	@.ci/lint

format:
	swift format format --in-place --recursive --parallel Package.swift Plugins Sources Tests

benchmark: build
	swift run $(SWIFT_FLAGS) asyncrules-benchmark --asyncrules $(BINARY) $(CORPUS)

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man $(DESTDIR)$(PREFIX)/share/asyncrules
	install -s -m 755 $(BINARY) $(DESTDIR)$(PREFIX)/bin/asyncrules
	cp -R build/man/. $(DESTDIR)$(PREFIX)/share/man/
	install -m 644 build/catalogue.json build/catalogue.schema.json $(DESTDIR)$(PREFIX)/share/asyncrules/

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/asyncrules
	rm -f $(DESTDIR)$(PREFIX)/share/asyncrules/catalogue.json $(DESTDIR)$(PREFIX)/share/asyncrules/catalogue.schema.json
	cd build/man && find . -type f -exec rm -f "$(DESTDIR)$(PREFIX)/share/man/{}" \;

clean:
	rm -rf .build
