/* Compares a case with its golden. Ignores: the golden's case id; new keys change it without changing a result. */
#include "sim/cli/golden_watch.h"
#include <stdio.h>
#include "sim/cli/exit_codes.h"
#include "sim/io/file_bytes.h"

void golden_watch(void *user, const Run *run, int events)
{
    (void)events;
    golden_look(user, run);
}

int golden_check(GoldenTake *take, const Run *run, const char *path)
{
    FileBytes stored;
    Text fresh = {0}, words = {0};
    int code = ART_EXIT_PASSED;
    golden_end(take, run);
    golden_text(take, run, "", "", &fresh);
    if (!file_bytes_read(path, GOLDEN_MAX, &stored, &words)) {
        fprintf(stderr, "artsim run: %s %s\n", path, text_bytes(&words));
        code = ART_EXIT_INVALID;
    } else if (!golden_compare(stored.bytes, stored.size, fresh.bytes, fresh.size, &words)) {
        printf("differs from %s\n%s", path, text_bytes(&words));
        code = ART_EXIT_GOLDEN;
    }
    file_bytes_free(&stored);
    text_free(&fresh);
    text_free(&words);
    return code;
}
