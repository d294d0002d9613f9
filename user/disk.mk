# Builds the C library and the programs on the disk: ordinary C programs, each a file in /bin. The
# sources of NAME are those of a folder, or user/utilities/NAME.c with what the utilities share.
#
# Programs that are loaded with the kernel may use the C library, too; they begin as user/lib/ says.

LIBC         := $(BUILD)/user/libc.a
LIBC_OBJECTS := $(call user_objects,$(filter user/libc/%,$(USER_SOURCES)))
LIBRARIES     = --start-group $(LIBRARY) $(LIBC) --end-group
USER_CFLAGS  := -Iuser/libc $(addprefix -include ,$(wildcard user/lib/exercise.h)) $(USER_CFLAGS)

UTILITIES_COMMON := $(call user_objects,$(wildcard user/utilities/common.c))
$(foreach name,$(DISK_PROGRAMS),$(eval DISK_OBJECTS_$(name) := $$(call user_objects,\
    $$(filter $(DISK_SOURCE_$(name)) $(DISK_SOURCE_$(name))/%,$$(USER_SOURCES))) \
    $$(if $$(filter user/utilities/%,$(DISK_SOURCE_$(name))),$$(UTILITIES_COMMON))))

DISK_FOLDER := $(BUILD)/disk/bin
DISK_FILES  := $(addprefix $(DISK_FOLDER)/,$(DISK_PROGRAMS))

all: $(DISK_FILES)

$(LIBC): $(LIBC_OBJECTS)
	$(call say,AR,$@)
	@mkdir -p $(@D) && rm -f $@
	$(Q)$(AR) rcsD $@ $(LIBC_OBJECTS)

$(addprefix $(BUILD)/programs/,$(addsuffix .debug,$(PROGRAM_NAMES))): $(LIBC)

# link_disk_program,NAME
define link_disk_program
$(BUILD)/disk/$(1).debug: $(DISK_OBJECTS_$(1)) $(LIBC) $(LIBRARY) user/program.ld
	$$(call say,LINK,$$@)
	@mkdir -p $$(@D)
	$$(Q)$$(LD) $$(USER_LDFLAGS) $(call place,$(1),0) -o $$@ $(DISK_OBJECTS_$(1)) \
	    --start-group $(LIBC) $(LIBRARY) --end-group
endef
$(foreach name,$(DISK_PROGRAMS),$(eval $(call link_disk_program,$(name))))

$(DISK_FILES): $(DISK_FOLDER)/%: $(BUILD)/disk/%.debug
	$(call say,STRIP,$@)
	@mkdir -p $(@D)
	$(Q)$(OBJCOPY) --strip-all $< $@

-include $(addsuffix .d,$(LIBC_OBJECTS) $(foreach name,$(DISK_PROGRAMS),$(DISK_OBJECTS_$(name))))
