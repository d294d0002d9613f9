# The disk of the machine: an ext2 image with all programs that are files. It is made once; after
# that only programs in /bin that have changed are replaced, so what is put on it stays.
#
#   DISK=file     another image. It is used as it is; `make disk DISK=file` makes it or brings it up
#                 to date
#   NEW=1         with `make disk`: a new one in the place of the old one
#   BLOCK_SIZE=N  bytes of a block of a new one: 1024, 2048 or 4096

DISK       ?=
DISK_IMAGE := $(or $(DISK),$(BUILD)/disk.img)
DISK_TREE  := user/disk

# bring_up_to_date,OPTIONS
define bring_up_to_date
$(call say,DISK,$(DISK_IMAGE))
$(Q)$(PYTHON) tools/disk.py '$(DISK_IMAGE)' --programs $(DISK_FOLDER) --files $(DISK_TREE) \
    $(if $(BLOCK_SIZE),--block-size '$(BLOCK_SIZE)') $(1)
$(if $(DISK),,@touch $(BUILD)/disk.made)
endef

all: $(if $(DISK),,$(BUILD)/disk.made)

# Says when the programs on the disk were what they are; the guest changes the image itself. With
# `disk` among the goals that goes first: two do not change an image at once.
$(BUILD)/disk.made: $(DISK_FILES) $(if $(wildcard $(DISK_IMAGE)),,FORCE) \
    | $(filter disk,$(MAKECMDGOALS))
	$(call bring_up_to_date)

disk: $(DISK_FILES)
	$(call bring_up_to_date,$(if $(NEW),--new))

# A person's session: see tools/screenshot.py.
screenshot: all
	@$(PYTHON) tools/screenshot.py --build '$(BUILD)' --out '$(or $(OUT),$(BUILD)/screenshots)'

#: make disk            brings the disk's programs up to date: build/disk.img, or DISK=file
#:                      NEW=1 makes it anew; BLOCK_SIZE=1024 with smaller blocks than 4096 bytes
#:                      DISK=file with run, bochs and the like: uses this one
#: make screenshot      types the session of docs/07-session.md on the keyboard, and takes its
#:                      pictures of the screen: into build/screenshots, or OUT=dir
.PHONY: disk screenshot
