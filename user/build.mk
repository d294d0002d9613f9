# Builds the user programs; the tree's Makefile includes this. A new file in the folder of a program
# or in user/lib/ needs no word here; a new program needs two in user/generated/programs.mk.
#
#   GUEST_PROGRAMS="dir ..."   test programs besides: each dir/NAME.c is a program NAME, linked with
#                              all of grading/guest/program/ and placed behind the others. A file
#                              dir/NAME.uses names sources that are linked with it besides

include user/generated/programs.mk

GUEST_PROGRAMS ?=
GUEST_LIBRARY  := grading/guest/program

# --- What is built from what. ---

USER_FOLDERS := $(wildcard user servers drivers)
USER_SOURCES := $(sort $(shell find $(USER_FOLDERS) -name '.*' -prune -o \
    \( -name '*.c' -o -name '*.asm' \) -print))

GUEST_PROGRAM_SOURCES := $(foreach dir,$(GUEST_PROGRAMS:/=),$(wildcard $(dir)/*.c))
GUEST_PROGRAM_NAMES   := $(notdir $(GUEST_PROGRAM_SOURCES:.c=))
GUEST_LIBRARY_SOURCES := $(wildcard $(GUEST_LIBRARY)/*.c $(GUEST_LIBRARY)/*.asm)

PROGRAM_NAMES := $(strip $(PROGRAMS) $(sort $(GUEST_PROGRAM_NAMES)))
PROGRAM_FILES := $(addprefix $(BUILD)/programs/,$(PROGRAM_NAMES))

ifneq ($(words $(PROGRAMS) $(GUEST_PROGRAM_NAMES)),$(words $(sort $(PROGRAM_NAMES))))
$(error two programs have the same name: $(sort $(PROGRAMS)) and $(sort $(GUEST_PROGRAM_NAMES)))
endif

# What each program may have stands beside its code, in NAME.needs; all of it goes along as one more
# file, each behind a line that names the program. A tree without such files has no file of these.
needs_of = $(wildcard $(patsubst %.c,%.needs,$(filter %.c,$(SOURCE_$(1)))) \
    $(addsuffix /$(1).needs,$(filter-out %.c,$(SOURCE_$(1))) $(GUEST_PROGRAMS:/=)))
NEEDED       := $(strip $(foreach name,$(PROGRAM_NAMES),$(if $(call needs_of,$(name)),$(name))))
NEEDS_FILES  := $(foreach name,$(NEEDED),$(call needs_of,$(name)))
MODULE_NAMES := $(PROGRAM_NAMES)$(if $(NEEDED), privileges)
MODULE_FILES := $(addprefix $(BUILD)/programs/,$(MODULE_NAMES))

ifneq ($(filter privileges,$(PROGRAM_NAMES)),)
$(error no program can have the name of the file privileges)
endif

# user_objects,SOURCES
user_objects = $(foreach source,$(1),$(BUILD)/user/$(source).o)
LIBRARY_OBJECTS := $(call user_objects,$(filter user/lib/% user/generated/%,$(USER_SOURCES)))
LIBRARY         := $(BUILD)/user/libmicrok.a
LIBRARIES        = $(LIBRARY)

# A program's objects: of its one file, or of all sources in its folder; of a test program's file.
$(foreach name,$(PROGRAMS),$(eval OBJECTS_$(name) := $$(call user_objects,\
    $$(filter $(SOURCE_$(name)) $(SOURCE_$(name))/%,$$(USER_SOURCES)))))
uses_of = $(foreach file,$(wildcard $(1:.c=.uses)),$(shell cat $(file)))
$(foreach source,$(GUEST_PROGRAM_SOURCES),$(eval OBJECTS_$(notdir $(source:.c=)) := \
    $$(call user_objects,$(source) $(call uses_of,$(source)) $$(GUEST_LIBRARY_SOURCES))))
USER_OBJECTS := $(sort $(LIBRARY_OBJECTS) $(foreach name,$(PROGRAM_NAMES),$(OBJECTS_$(name))))

# --- How. Headers of user/lib/ have plain names; of the kernel's a program includes abi/ alone. ---

USER_CFLAGS := $(COMMON_CFLAGS) -mcmodel=small -Iuser/lib $(addprefix -I,$(USER_FOLDERS)) -Ikernel \
    $(if $(GUEST_PROGRAMS),-I$(GUEST_LIBRARY)) $(EXTRA_CFLAGS)
USER_NASMFLAGS := $(COMMON_NASMFLAGS) -Iuser/lib/ \
    $(if $(GUEST_PROGRAMS),-I$(GUEST_LIBRARY)/)
USER_LDFLAGS := -nostdlib --fatal-warnings --build-id=none -z max-page-size=0x1000 \
    -T user/program.ld --defsym=PROGRAM_BASE=$(PROGRAM_BASE)

# Where each program has an address space, all are linked at one address; the test programs are not:
# the grader stops the machine at some of their addresses, whoever runs there.
GUEST_SPACING := $(if $(filter-out 0 0x0,$(PROGRAM_SPACING)),$(PROGRAM_SPACING),0x400000)

# place,NAME,NUMBER: the options that say where a program is linked.
place = --defsym=PROGRAM_NUMBER=$(2) --defsym=PROGRAM_SPACING=$(if \
    $(filter $(1),$(GUEST_PROGRAM_NAMES)),$(GUEST_SPACING),$(PROGRAM_SPACING))

all: $(MODULE_FILES)

$(BUILD)/user/%.c.o: %.c $(BUILD)/user.compile.flags
	$(call compile,$(USER_CFLAGS))
$(BUILD)/user/%.asm.o: %.asm $(BUILD)/user.compile.flags
	$(call assemble,$(USER_NASMFLAGS))

# Made anew each time, so that nothing stays in it whose source is gone.
$(LIBRARY): $(LIBRARY_OBJECTS) $(BUILD)/user.link.flags
	$(call say,AR,$@)
	@rm -f $@
	$(Q)$(AR) rcsD $@ $(LIBRARY_OBJECTS)

# link_program,NAME,NUMBER: its place in the row is its number.
define link_program
$(BUILD)/programs/$(1).debug: $(OBJECTS_$(1)) $(LIBRARY) user/program.ld
	$$(call say,LINK,$$@)
	@mkdir -p $$(@D)
	$$(Q)$$(LD) $$(USER_LDFLAGS) $(call place,$(1),$(2)) -o $$@ $(OBJECTS_$(1)) $$(LIBRARIES)
endef
PLACED :=
$(foreach name,$(PROGRAM_NAMES),$(eval $(call link_program,$(name),$(words $(PLACED))))\
    $(eval PLACED += $(name)))

$(PROGRAM_FILES): %: %.debug
	$(call say,STRIP,$@)
	$(Q)$(OBJCOPY) --strip-all $< $@

$(BUILD)/programs/privileges: $(NEEDS_FILES) $(BUILD)/user.needs.list
	$(call say,JOIN,$@)
	@mkdir -p $(@D)
	$(Q){ $(foreach name,$(NEEDED),echo 'program $(name)' && \
	    cat $(call needs_of,$(name)) && echo &&) :; } > $@
$(BUILD)/user.needs.list: FORCE
	$(call remember,$(foreach name,$(NEEDED),$(name): $(call needs_of,$(name))))

$(BUILD)/user.compile.flags: FORCE
	$(call remember,$(CC) $(USER_CFLAGS) $(NASM) $(USER_NASMFLAGS))
$(BUILD)/user.link.flags: FORCE
	$(call remember,$(LD) $(USER_LDFLAGS) $(PROGRAM_SPACING) $(AR) $(LIBRARY_OBJECTS) \
	    $(foreach name,$(PROGRAM_NAMES),$(name): $(OBJECTS_$(name))))

-include $(addsuffix .d,$(USER_OBJECTS))
