# The two commands are `make demo` and `make test`; both install what is missing first.

swift = swift
release = .build/release/signalbox

.PHONY: demo test fuzz lint format build bench screenshots readme install clean

# With Swift's libraries in it the program starts a quarter sooner and runs where there is no Swift.
# Nothing looks its symbols up, and where glibc knows short relocations (2.36) those spare 3 MB.
linked = --static-swift-stdlib -Xswiftc -use-ld=lld -Xlinker --no-export-dynamic $(short)
short = $(shell getconf GNU_LIBC_VERSION | awk '$$2 >= 2.36 { print "-Xlinker -z -Xlinker pack-relative-relocs" }')

demo: build
	@$(release) demo $(ARGS)

build:
	@.ci/setup
	$(swift) build --configuration release --product signalbox $(linked)

# Journeys run by themselves: beside a thousand tests a console waits for the main actor for a minute.
# The tests in tmux drive the release binary, the one that an operator runs; they come last and
# alone, because they look at how soon something is on the screen.
test: build
	@.ci/setup tmux
	@.ci/python
	$(swift) build --build-tests
	$(swift) test --skip-build --skip '^(JourneyTests|TerminalTests)\.'
	$(swift) test --skip-build --filter '^JourneyTests\.'
	SIGNALBOX_BINARY=$(CURDIR)/$(release) $(swift) test --skip-build --filter '^TerminalTests\.'

# Ten million inputs, for a night; make test takes 100,000. The tests see what is internal, so
# that a release build of them stands apart from the program's.
fuzz = --configuration release --scratch-path .build/fuzz -Xswiftc -enable-testing
fuzz:
	@.ci/setup
	$(swift) build $(fuzz) --build-tests
	SIGNALBOX_FUZZ=$(or $(INPUTS),10000000) $(swift) test $(fuzz) --skip-build --filter '^FuzzTests\.'

lint: build
	@.ci/lint $(release)

format:
	$(swift) format --in-place --parallel --recursive Package.swift Sources Tests themes

# The limits of the console, measured through a pseudo-terminal, with less and lnav beside it where
# they are installed. Four minutes, on a machine that does nothing else.
bench: build
	@$(release) bench terminal $(ARGS)

# Pictures, a recording and the key table of README, written by the program itself.
screenshots: build
	@.ci/setup librsvg2-bin pngquant fonts-jetbrains-mono
	@.ci/pictures $(release) screenshots
	@.ci/images screenshots
	@.ci/recording $(release) screenshots/demo.cast

readme: build
	@.ci/readme $(release)

install: build
	install -D -m 755 $(release) $(DESTDIR)$(or $(PREFIX),/usr/local)/bin/signalbox

clean:
	rm -rf .build
