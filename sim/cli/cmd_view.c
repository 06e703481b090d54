/* artsim view: becomes artview, the one beside this program, else the one that PATH names. Ignores: all its words, which
   artview reads. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/io/paths.h"

enum { OWN_PATH_MAX = 4096 };

const char cmd_view_help[] =
    "usage: artsim view [FILE|RUN] [artview's options]\n"
    "Starts artview, the window, with the same words: the artview beside artsim, else the first one in PATH. From\n"
    "then on it is artview that runs and returns; artview --help lists its options. Returns 2 when there is none:\n"
    "it is built only where SDL2 and OpenGL are.\n"
    "examples: artsim view scenarios/zhuzhou_a1.ini\n"
    "          artsim view out/wet-0123456789abcdef --at 42s\n";

/* "artview" in the folder of this program, links followed; nothing where the system does not tell that folder. */
static void beside(Text *path)
{
    char own[OWN_PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", own, sizeof own - 1);
    if (length <= 0) return;
    own[length] = '\0';
    text_add_bytes(path, own, (size_t)(path_base(own) - own));
    text_add(path, "artview");
}

int cmd_view(int argc, char **argv)
{
    (void)argc;
    Text path = {0};
    beside(&path);
    int there = path.size && access(path.bytes, F_OK) == 0, why = 0;
    argv[0] = (char[]){"artview"};
    if (there) {
        execv(path.bytes, argv);
        why = errno;
    }
    execvp(argv[0], argv);
    if (there) {
        fprintf(stderr, "artsim view: %s cannot be started: %s\n", path.bytes, strerror(why));
    } else {
        fprintf(stderr,
                "artsim view: there is no artview beside artsim%s%s%s, nor in PATH; it is built where SDL2, OpenGL headers, "
                "cglm, stb and fontconfig are installed\n",
                path.size ? " (" : "", text_bytes(&path), path.size ? ")" : "");
    }
    text_free(&path);
    return ART_EXIT_MISUSE;
}
