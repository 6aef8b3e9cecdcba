#!/usr/bin/env python3
"""embed.py OUTDIR NAME FILE...: make NAME.h and NAME.c with the text of each file, so that the program needs no files at run time.

    struct NAME_file { const char *name, *text; };   name without folder and last ending
    extern const struct NAME_file NAME_files[];      in the order of the names
    extern const size_t NAME_files_count;
"""
import sys
from pathlib import Path

outdir, name, *files = Path(sys.argv[1]), sys.argv[2], *map(Path, sys.argv[3:])


def literal(text):
    return '"' + text.replace('\\', '\\\\').replace('"', '\\"').replace('?', '\\?').replace('\n', '\\n"\n      "') + '"'


rows = ''.join(f'    {{ "{f.stem}",\n      {literal(f.read_text())} }},\n' for f in sorted(files, key=lambda f: f.name))
(outdir / f'{name}.h').write_text(
    f'/* Generated. */\n#pragma once\n#include <stddef.h>\n\nstruct {name}_file {{ const char *name, *text; }};\n'
    f'extern const struct {name}_file {name}_files[];\nextern const size_t {name}_files_count;\n')
(outdir / f'{name}.c').write_text(
    f'/* Generated. */\n#include "{name}.h"\n\nconst struct {name}_file {name}_files[] = {{\n{rows}}};\n'
    f'const size_t {name}_files_count = sizeof({name}_files) / sizeof(*{name}_files);\n')
