/* Output files are whole or not there: full disks, folders that cannot be written, names left by a killed run. */
#include "tests/unit/io_support.h"
#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include "sim/io/outfile.h"

/* Names in the current folder that begin with a prefix. */
static int names_with(const char *prefix)
{
    DIR *list = opendir(".");
    assert_non_null(list);
    int count = 0;
    for (const struct dirent *item = readdir(list); item; item = readdir(list)) {
        count += strncmp(item->d_name, prefix, strlen(prefix)) == 0;
    }
    closedir(list);
    return count;
}

static void assert_unwritten(const char *path, const char *expected)
{
    Text why = {0};
    assert_int_equal(outfile_save(path, "new\n", 4, &why), 0);
    assert_string_equal(text_bytes(&why), expected);
    text_free(&why);
}

static void saved_file_replaces_the_old_one_whole(void **state)
{
    (void)state;
    Text why = {0};
    write_text("a.txt", "old, and longer than the new one\n");
    assert_int_equal(outfile_save("a.txt", "new\n", 4, &why), 1);
    char *text = read_text("a.txt");
    assert_non_null(text);
    assert_string_equal(text, "new\n");
    free(text);
    assert_int_equal(names_with("a.txt"), 1);
}

static void long_output_arrives_whole(void **state)
{
    (void)state;
    OutFile file;
    Text why = {0}, expected = {0};
    outfile_open(&file, "long.txt");
    for (int i = 0; i < 30000; i++) {
        Text row = {0};
        text_add_int(&row, i);
        text_add(&row, "\n");
        outfile_write(&file, row.bytes, row.size);
        text_add(&expected, row.bytes);
        text_free(&row);
    }
    outfile_write(&file, expected.bytes, expected.size);
    assert_null(read_text("long.txt"));
    assert_int_equal(outfile_commit(&file, &why), 1);
    char *text = read_text("long.txt");
    assert_non_null(text);
    assert_int_equal(strlen(text), 2 * expected.size);
    assert_memory_equal(text, expected.bytes, expected.size);
    assert_memory_equal(text + expected.size, expected.bytes, expected.size);
    free(text);
    text_free(&expected);
    unlink("long.txt");
}

static void abandoned_output_leaves_the_old_file(void **state)
{
    (void)state;
    write_text("b.txt", "old\n");
    OutFile file;
    outfile_open(&file, "b.txt");
    outfile_write(&file, "new\n", 4);
    assert_int_equal(names_with("b.txt"), 2);
    outfile_abandon(&file);
    char *text = read_text("b.txt");
    assert_non_null(text);
    assert_string_equal(text, "old\n");
    free(text);
    assert_int_equal(names_with("b.txt"), 1);
}

/* A limit on the size of files stands for the full disk: write fails in the middle. */
static void full_disk_leaves_the_old_file(void **state)
{
    (void)state;
    write_text("c.txt", "old\n");
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit old;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    struct rlimit small = {1000, old.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    OutFile file;
    Text why = {0};
    char block[700] = {0};
    memset(block, 'x', sizeof block);
    outfile_open(&file, "c.txt");
    for (int i = 0; i < 1000; i++) outfile_write(&file, block, sizeof block);
    int fine = outfile_commit(&file, &why);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_int_equal(fine, 0);
    assert_string_equal(why.bytes, "c.txt: cannot be written: File too large");
    text_free(&why);
    char *text = read_text("c.txt");
    assert_non_null(text);
    assert_string_equal(text, "old\n");
    free(text);
    assert_int_equal(names_with("c.txt"), 1);
}

static void places_that_cannot_be_written_are_told(void **state)
{
    (void)state;
    write_text("file", "");
    mkdir("folder", 0777);
    assert_unwritten("nowhere/a.txt", "nowhere/a.txt: cannot be written: No such file or directory");
    assert_unwritten("file/a.txt", "file/a.txt: cannot be written: Not a directory");
    assert_unwritten("folder", "folder: cannot be written: Is a directory");
    assert_unwritten("/dev/full", "/dev/full: cannot be written: File exists");
    mkdir("locked", 0555);
    if (access("locked", W_OK) != 0) assert_unwritten("locked/a.txt", "locked/a.txt: cannot be written: Permission "
                                                                      "denied");
}

static void name_left_by_a_killed_run_is_passed_over(void **state)
{
    (void)state;
    char left[64];
    snprintf(left, sizeof left, "d.txt.tmp%ld.0", (long)getpid());
    write_text(left, "half");
    Text why = {0};
    assert_int_equal(outfile_save("d.txt", "whole\n", 6, &why), 1);
    char *text = read_text("d.txt");
    assert_non_null(text);
    assert_string_equal(text, "whole\n");
    free(text);
    unlink(left);
}

static void folders_are_made_with_those_above_them(void **state)
{
    (void)state;
    Text why = {0};
    struct stat info;
    assert_int_equal(outfile_folder("x/y/z", &why), 1);
    assert_int_equal(outfile_folder("x/y/z", &why), 1);
    assert_int_equal(outfile_folder("x/y/w/", &why), 1);
    assert_int_equal(stat("x/y/w", &info), 0);
    write_text("plain", "");
    assert_int_equal(outfile_folder("plain/y", &why), 0);
    assert_string_equal(why.bytes, "plain: the folder cannot be made: Not a directory");
    text_free(&why);
}

int main(void)
{
    if (enter_folder("outfile")) return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(saved_file_replaces_the_old_one_whole),
        cmocka_unit_test(long_output_arrives_whole),
        cmocka_unit_test(abandoned_output_leaves_the_old_file),
        cmocka_unit_test(full_disk_leaves_the_old_file),
        cmocka_unit_test(places_that_cannot_be_written_are_told),
        cmocka_unit_test(name_left_by_a_killed_run_is_passed_over),
        cmocka_unit_test(folders_are_made_with_those_above_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
