# make bench: what calls, messages and switches cost, in instructions.
#
# The kernel is the same; the measuring programs are built besides, all of it in a folder of its own,
# by a make that decides by itself how many jobs it runs. A disk is made anew: what is measured does
# not depend on how older ones were made.
bench:
	@rm -f '$(BUILD)/bench/tree/disk.img'
	@MAKEFLAGS='$(filter-out -j% --jobserver%,$(MAKEFLAGS))' $(MAKE) all \
	    BUILD='$(BUILD)/bench/tree' GUEST_PROGRAMS=user/bench GUEST_LIBRARY=user/lib
	@$(PYTHON) tools/bench.py --build '$(BUILD)/bench/tree' --out '$(or $(OUT),$(BUILD)/bench)' \
	    $(if $(LISTING),--listing '$(LISTING)') $(if $(FILES),--files)

.PHONY: bench

#: make bench           counts the instructions of calls, messages and switches;
#:                      LISTING=round-trip-8 shows the way of one of them
