# MicroK, the kit. `make help` prints the commands.
#
# A stage is a tree that can stand alone: it is exported into build/trees/NN-name (only what
# changed is written), and what `make run` and the like do is done by the tree's own Makefile.

ifneq ($(words $(CURDIR)),1)
$(error MicroK cannot be built below a folder whose name has a space: $(CURDIR))
endif

PYTHON ?= /usr/bin/python3
STAGE  ?=
DISK   ?=
INPUT  ?=
MAKEFLAGS += --no-builtin-rules --no-print-directory

TEST_FLAGS = $(if $(TEST),--test '$(TEST)') $(if $(SEED),--seed '$(SEED)')

STAGES := $(PYTHON) tools/stage.py

# Files that are named from here, as the tree has to name them.
NAMED = $(foreach name,DISK INPUT,$(if $($(name)),$(name)='$(abspath $($(name)))'))

# in_tree,TARGETS: brings the tree of STAGE up to date and makes TARGETS in it.
in_tree = +@tree=build/trees/$$($(STAGES) resolve '$(STAGE)') \
    && $(STAGES) sync '$(STAGE)' --out "$$tree" \
    && $(MAKE) -C "$$tree" $(1) $(NAMED)

# need,VARIABLE: ends with one line when a command lacks its variable.
need = $(if $($(1)),,@echo "make $@: say where: $@ $(2)" >&2; exit 2)

all:
	$(call in_tree,all iso) \
	    && cp -p "$$tree"/build/microk.elf "$$tree"/build/microk.debug \
	        "$$tree"/build/microk.iso build/ \
	    && rm -rf build/programs && cp -rp "$$tree"/build/programs build/ \
	    && { [ ! -e "$$tree"/build/disk.img ] \
	        || ln -sf "$${tree#build/}"/build/disk.img build/disk.img; }

run iso bochs debug record replay disk:
	$(call in_tree,$@)

screenshot:
	$(call in_tree,$@ OUT='$(abspath $(or $(OUT),build/screenshots))')

bench:
	$(call in_tree,bench OUT='$(abspath $(or $(OUT),build/bench))')

stage lab:
	$(call need,OUT,STAGE=NN OUT=dir)
	@$(STAGES) $@ '$(STAGE)' --out '$(OUT)'

course:
	$(call need,OUT,OUT=dir)
	@$(STAGES) course --out '$(OUT)'

# Without DIR the stage's own solution is graded. With it, what the exercises name is taken out of
# DIR and put on the lab's starter; the stage is the one that DIR says it is, unless STAGE is given.
grade:
ifeq ($(DIR),)
	$(call in_tree,grade)
else
	@lab=$$($(STAGES) resolve '$(STAGE)' --of '$(DIR)') \
	    && $(STAGES) sync "$$lab" --kind lab --out "build/labs/$$lab" \
	    && $(PYTHON) "build/labs/$$lab/grading/grade.py" --pristine "build/labs/$$lab" \
	        --submission '$(DIR)' --out '$(or $(OUT),build/grade)' $(TEST_FLAGS) $(GRADE_FLAGS)
endif

batch:
	$(call need,STAGE,STAGE=NN SUBMISSIONS=dir OUT=dir [JOBS=n])
	$(call need,SUBMISSIONS,STAGE=NN SUBMISSIONS=dir OUT=dir [JOBS=n])
	$(call need,OUT,STAGE=NN SUBMISSIONS=dir OUT=dir [JOBS=n])
	@lab=$$($(STAGES) resolve '$(STAGE)') \
	    && $(STAGES) sync "$$lab" --kind lab --out "build/labs/$$lab" \
	    && $(PYTHON) "build/labs/$$lab/grading/batch.py" --pristine "build/labs/$$lab" \
	        --submissions '$(SUBMISSIONS)' --out '$(OUT)' $(if $(JOBS),--jobs '$(JOBS)')

test:
	@$(PYTHON) tools/test.py $(TESTS)

soak:
	$(call in_tree,all) \
	    && $(PYTHON) tools/soak.py --tree "$$tree" $(if $(RUNS),--runs '$(RUNS)')

docs:
	@$(PYTHON) tools/docs.py --build build

doctor:
	@$(PYTHON) tools/doctor.py

setup:
	@tools/setup

clean:
	rm -rf build

help:
	@sed -n 's/^#: //p' Makefile
#: make                             the newest stage: build/microk.elf, .debug, .iso, programs/,
#:                                  disk.img
#: make run [STAGE=NN]              boots it in QEMU, serial console on the terminal
#:                                  (Ctrl-A X leaves); GUI=1, MEMORY=64M, ARGS="command line"
#:                                  DISK=file: with this disk, not build/disk.img
#: make disk [STAGE=NN]             brings the disk's programs up to date; NEW=1 makes it anew,
#:                                  BLOCK_SIZE=1024 with blocks of 1 KB instead of 4
#: make iso [STAGE=NN]              the GRUB image: microk.iso in the stage's build folder
#: make bochs [STAGE=NN]            boots that in Bochs, serial console on the terminal
#: make screenshot [OUT=dir]        types the session of docs/07-session.md on the keyboard, takes
#:                                  its pictures of the screen: into build/screenshots
#: make debug [STAGE=NN]            QEMU stopped at the first instruction, gdb attached
#:                                  INPUT=file: what the guest reads from its console
#: make record [STAGE=NN]           records a run
#: make replay [STAGE=NN]           replays it exactly; GDB=1 in gdb, which can step backwards
#: make bench [STAGE=NN]             counts the instructions of calls, messages and switches, into
#:                                  build/bench; LISTING=round-trip-8 shows the way of one of them;
#:                                  FILES=1: those of files on a disk, from stage 07 on
#: make stage STAGE=NN OUT=dir      the solved tree of one stage, self-contained
#: make lab STAGE=NN OUT=dir        the starter tree of one lab, earlier labs solved
#: make course OUT=dir              two git repositories: the instructor's, the students'
#: make grade [STAGE=NN] [DIR=tree] grades a tree; exit status 0 only at full points
#: make batch STAGE=NN SUBMISSIONS=dir OUT=dir [JOBS=n]
#:                                  grades a class
#: make docs                        the site, in build/docs/html
#: make test [TESTS="name ..."]     everything CI checks; ends with "N passed, N failed"
#: make soak [STAGE=NN] [RUNS=20]   grades a stage's solution again and again, beside busy loops
#: make doctor                      which tool is missing or of an untried version
#: make setup                       installs the tools (Debian 12), the same as tools/setup
#: make clean                       removes build/
#:
#: NN is 2, 02 or 02-tasks; without STAGE the newest stage is meant.
#: grade, debug and record take TEST=id SEED=0x.. for one graded test with its seed again.

.PHONY: all run iso bochs debug record replay disk screenshot bench stage lab course grade batch \
    test soak docs doctor setup clean help
