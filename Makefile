# MicroK, the kit. `make help` prints the commands.
#
# A stage is a tree that can stand alone: it is exported into build/trees/NN-name (only what
# changed is written), and what `make run` and the like do is done by the tree's own Makefile.

PYTHON ?= /usr/bin/python3
STAGE  ?=
MAKEFLAGS += --no-builtin-rules --no-print-directory

STAGES := $(PYTHON) tools/stage.py

# in_tree,TARGETS: brings the tree of STAGE up to date and makes TARGETS in it.
in_tree = @tree=build/trees/$$($(STAGES) resolve '$(STAGE)') \
    && $(STAGES) sync '$(STAGE)' --out "$$tree" \
    && $(MAKE) -C "$$tree" $(1)

# need,VARIABLE: ends with one line when a command lacks its variable.
need = $(if $($(1)),,@echo "make $@: say where: $@ $(2)" >&2; exit 2)

all:
	$(call in_tree,all iso) \
	    && cp -pu "$$tree"/build/microk.elf "$$tree"/build/microk.debug \
	        "$$tree"/build/microk.iso build/

run iso bochs debug record replay:
	$(call in_tree,$@)

stage lab:
	$(call need,OUT,STAGE=NN OUT=dir)
	@$(STAGES) $@ '$(STAGE)' --out '$(OUT)'

course:
	$(call need,OUT,OUT=dir)
	@$(STAGES) course --out '$(OUT)'

# With DIR a submission, put onto a fresh starter; without, the stage's own solved tree.
grade:
ifeq ($(DIR),)
	$(call in_tree,$@)
else
	@lab=build/labs/$$($(STAGES) resolve '$(STAGE)') \
	    && $(STAGES) sync '$(STAGE)' --kind lab --out "$$lab" \
	    && $(PYTHON) grading/grade.py --pristine "$$lab" --submission '$(DIR)' \
	        --out '$(or $(OUT),build/grade)' $(if $(TEST),--test '$(TEST)') \
	        $(if $(SEED),--seed '$(SEED)') $(GRADE_FLAGS)
endif

batch:
	$(call need,STAGE,STAGE=NN SUBMISSIONS=dir OUT=dir [JOBS=n])
	$(call need,SUBMISSIONS,STAGE=NN SUBMISSIONS=dir OUT=dir [JOBS=n])
	$(call need,OUT,STAGE=NN SUBMISSIONS=dir OUT=dir [JOBS=n])
	@lab=build/labs/$$($(STAGES) resolve '$(STAGE)') \
	    && $(STAGES) sync '$(STAGE)' --kind lab --out "$$lab" \
	    && $(PYTHON) grading/batch.py --pristine "$$lab" --submissions '$(SUBMISSIONS)' \
	        --out '$(OUT)' $(if $(JOBS),--jobs '$(JOBS)')

test:
	@$(PYTHON) tools/test.py $(TEST_FLAGS)

docs:
	@$(PYTHON) tools/docs/build.py --build build

doctor:
	@$(PYTHON) tools/doctor.py

setup:
	@tools/setup

clean:
	rm -rf build

help:
	@sed -n 's/^#: //p' Makefile
#: make                             the newest stage's kernel: build/microk.elf, .debug, .iso
#: make run [STAGE=NN]              boots it in QEMU, serial console on the terminal
#:                                  (Ctrl-A X leaves); GUI=1, MEMORY=64M, ARGS="command line"
#: make iso [STAGE=NN]              the GRUB image: microk.iso in the stage's build folder
#: make bochs [STAGE=NN]            boots that in Bochs, serial console on the terminal
#: make debug [STAGE=NN]            QEMU stopped at the first instruction, gdb attached
#: make record [STAGE=NN]           records a run
#: make replay [STAGE=NN]           replays it exactly; GDB=1 in gdb, which can step backwards
#: make stage STAGE=NN OUT=dir      the solved tree of one stage, self-contained
#: make lab STAGE=NN OUT=dir        the starter tree of one lab, earlier labs solved
#: make course OUT=dir              two git repositories: the instructor's, the students'
#: make grade [STAGE=NN] [DIR=tree] grades a tree; exit status 0 only at full points
#: make batch STAGE=NN SUBMISSIONS=dir OUT=dir [JOBS=n]
#:                                  grades a class
#: make docs                        the site, in build/docs/html
#: make test                        everything CI checks; ends with "N passed, N failed"
#: make doctor                      which tool is missing or of an untried version
#: make setup                       installs the tools (Debian 12), the same as tools/setup
#: make clean                       removes build/
#:
#: NN is 2, 02 or 02-tasks; without STAGE the newest stage is meant.
#: grade, debug and record take TEST=id SEED=0x.. for one graded test with its seed again.

.PHONY: all run iso bochs debug record replay stage lab course grade batch test docs doctor \
    setup clean help
