/* Small dense matrices against closed forms, and the Riccati solver against its own equation. */
#include "sim/base/rng.h"
#include "sim/guide/linear.h"
#include "tests/unit/train_fixture.h"

/* Entries between -1 and 1, the same in every run. */
static void fill(Matrix *m, int rows, int columns, uint32_t instance)
{
    RngStream stream = rng_stream(1, "matrix", instance);
    matrix_zero(m, rows, columns);
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++) m->at[i][j] = 2.0 * rng_uniform(stream, (uint64_t)i, (uint32_t)j) - 1.0;
}

static double largest_difference(const Matrix *a, const Matrix *b)
{
    double largest = 0.0;
    for (int i = 0; i < a->rows; i++)
        for (int j = 0; j < a->columns; j++) largest = fmax(largest, fabs(a->at[i][j] - b->at[i][j]));
    return largest;
}

static double size_of(const Matrix *a)
{
    Matrix zero;
    matrix_zero(&zero, a->rows, a->columns);
    return largest_difference(a, &zero);
}

static void exponential_of_a_turn_is_the_rotation(void **unused)
{
    (void)unused;
    Matrix turn, result;
    matrix_zero(&turn, 2, 2);
    turn.at[0][1] = -1.0;
    turn.at[1][0] = 1.0;
    const double angles[] = {0.0, 1e-3, 0.4, -1.0, 3.0, 10.0, 40.0};
    for (int k = 0; k < 7; k++) {
        matrix_exponential(&turn, angles[k], &result);
        expect_near("cosine", result.at[0][0], cos(angles[k]), 2e-13);
        expect_near("sine", result.at[1][0], sin(angles[k]), 2e-13);
        expect_near("minus sine", result.at[0][1], -sin(angles[k]), 2e-13);
    }
}

static void exponential_of_a_chain_of_integrators_is_the_taylor_series(void **unused)
{
    (void)unused;
    Matrix chain, result;
    matrix_zero(&chain, 4, 4);
    for (int i = 0; i < 3; i++) chain.at[i][i + 1] = 1.0;
    double t = 7.0, expected = 1.0;
    matrix_exponential(&chain, t, &result);
    for (int j = 0; j < 4; j++) {
        expect_near("power over factorial", result.at[0][j], expected, 1e-12 * expected);
        expected *= t / (j + 1);
    }
    expect_near("below the diagonal", result.at[3][0], 0.0, 0.0);
}

static void exponential_forth_and_back_is_the_identity(void **unused)
{
    (void)unused;
    for (uint32_t k = 0; k < 5; k++) {
        Matrix a, forth, back, product, one;
        fill(&a, 10, 10, k);
        matrix_exponential(&a, 1.5, &forth);
        matrix_exponential(&a, -1.5, &back);
        matrix_multiply(&forth, &back, &product);
        matrix_identity(&one, 10);
        expect_at_most("exp(A) exp(-A) - 1", largest_difference(&product, &one), 1e-9);
    }
}

static void solution_satisfies_its_equations(void **unused)
{
    (void)unused;
    for (uint32_t k = 0; k < 20; k++) {
        Matrix a, b, left, x, product;
        fill(&a, 12, 12, 100 + k);
        fill(&b, 12, 3, 200 + k);
        a.at[0][0] = a.at[3][3] = 0.0; /* the first pivot must come from another row */
        left = a;
        x = b;
        assert_int_equal(matrix_solve(&left, &x), 1);
        matrix_multiply(&a, &x, &product);
        expect_at_most("A x - b", largest_difference(&product, &b), 1e-11 * (1.0 + size_of(&x)));
    }
}

static void singular_matrix_is_refused(void **unused)
{
    (void)unused;
    Matrix a, b;
    matrix_zero(&a, 3, 3);
    matrix_zero(&b, 3, 1);
    for (int j = 0; j < 3; j++) {
        a.at[0][j] = 1.0;
        a.at[1][j] = 2.0; /* twice the first row */
        a.at[2][j] = j;
    }
    assert_int_equal(matrix_solve(&a, &b), 0);
}

static void product_with_the_transpose_is_symmetric_and_counts_squares(void **unused)
{
    (void)unused;
    Matrix a, square;
    fill(&a, 4, 7, 300);
    matrix_multiply_transposed(&a, &a, &square);
    double sum = 0.0;
    for (int j = 0; j < 7; j++) sum += a.at[2][j] * a.at[2][j];
    expect_near("sum of squares of a row", square.at[2][2], sum, 1e-14);
    expect_near("symmetry", square.at[1][3], square.at[3][1], 0.0);
}

/* g p^2 + (1 - a^2 - g q) p - q = 0, the positive root. */
static void scalar_riccati_has_the_closed_form(void **unused)
{
    (void)unused;
    const double cases[][3] = {{1.2, 1.0, 1.0}, {0.5, 1.0, 1.0}, {1.0, 0.01, 4.0}, {2.0, 100.0, 1e-4}, {0.99, 1e-3, 50.0}};
    for (int k = 0; k < 5; k++) {
        double a = cases[k][0], g = cases[k][1], q = cases[k][2];
        Matrix ma, mg, mq, p;
        matrix_zero(&ma, 1, 1);
        mg = mq = ma;
        ma.at[0][0] = a;
        mg.at[0][0] = g;
        mq.at[0][0] = q;
        assert_true(riccati_solve(&ma, &mg, &mq, &p) > 0);
        double half = 0.5 * (1.0 - a * a - g * q), root = (-half + sqrt(half * half + g * q)) / g;
        expect_near("p", p.at[0][0], root, 1e-9 * root);
    }
}

/* A unstable, B of two columns, Q of full rank: P = A'P (1 + G P)^-1 A + Q, and A - B K is stable. */
static void riccati_solution_satisfies_its_equation_and_stabilises(void **unused)
{
    (void)unused;
    for (uint32_t k = 0; k < 10; k++) {
        Matrix a, b, g, q, p, w, x, at, product, right;
        int n = 10;
        fill(&a, n, n, 400 + k);
        fill(&b, n, 2, 500 + k);
        matrix_multiply_transposed(&b, &b, &g);
        matrix_identity(&q, n);
        assert_true(riccati_solve(&a, &g, &q, &p) > 0);
        matrix_multiply(&g, &p, &w);
        for (int i = 0; i < n; i++) w.at[i][i] += 1.0;
        x = a;
        assert_int_equal(matrix_solve(&w, &x), 1); /* (1 + G P)^-1 A: also the closed loop A - B K */
        matrix_multiply(&p, &x, &product);
        matrix_transpose(&a, &at);
        matrix_multiply(&at, &product, &right);
        matrix_add_scaled(&right, &q, 1.0);
        expect_at_most("residual over size", largest_difference(&right, &p) / size_of(&p), 1e-9);
        for (int i = 0; i < 12; i++) { /* its 4096th power */
            matrix_multiply(&x, &x, &product);
            x = product;
        }
        expect_at_most("closed loop after 4096 steps", size_of(&x), 1e-6);
    }
}

/* x' = x + dt v, v' = v + dt u, no control can act where B is zero: no stabilising solution. */
static void unstable_mode_without_control_has_no_solution(void **unused)
{
    (void)unused;
    Matrix a, g, q, p;
    matrix_identity(&a, 2);
    a.at[0][0] = 1.5;
    a.at[1][1] = 0.5;
    matrix_zero(&g, 2, 2);
    g.at[1][1] = 1.0;
    matrix_identity(&q, 2);
    assert_int_equal(riccati_solve(&a, &g, &q, &p), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exponential_of_a_turn_is_the_rotation),
        cmocka_unit_test(exponential_of_a_chain_of_integrators_is_the_taylor_series),
        cmocka_unit_test(exponential_forth_and_back_is_the_identity),
        cmocka_unit_test(solution_satisfies_its_equations),
        cmocka_unit_test(singular_matrix_is_refused),
        cmocka_unit_test(product_with_the_transpose_is_symmetric_and_counts_squares),
        cmocka_unit_test(scalar_riccati_has_the_closed_form),
        cmocka_unit_test(riccati_solution_satisfies_its_equation_and_stabilises),
        cmocka_unit_test(unstable_mode_without_control_has_no_solution),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
