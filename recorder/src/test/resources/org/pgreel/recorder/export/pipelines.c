/* Talks to a server in the ways of libpq, above all by pipelines, and has libpq trace it in regress mode. */
#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>

static int pipelines_left = 0;

/* Takes results up to the end of one pipeline's Sync. */
static void drain(PGconn *connection) {
    for (int nothing = 0; nothing < 2;) {
        PGresult *result = PQgetResult(connection);
        if (!result) {
            nothing++;
            continue;
        }
        nothing = 0;
        ExecStatusType status = PQresultStatus(result);
        PQclear(result);
        if (status == PGRES_PIPELINE_SYNC) {
            pipelines_left--;
            return;
        }
    }
}

static void sync_pipeline(PGconn *connection) {
    pipelines_left++;
    PQpipelineSync(connection);
}

static void simple(PGconn *connection) {
    const char *statements[] = {
        "create temp table t (id int primary key, name text, b bytea)", "select 1/0", "", "begin", "listen news",
        "notify news, 'hello'", "commit", "do $$ begin raise notice 'by the way'; end $$", "set application_name = 'x y'",
        "select 'two\nlines', E'\\x01', 'it''s \"quoted\"', null, 'umlaut \xc3\xa4'", "select 1; select 2",
        "select * from nowhere",
    };
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++)
        PQclear(PQexec(connection, statements[i]));
}

static void copies(PGconn *connection) {
    PQclear(PQexec(connection, "copy t (id, name) from stdin"));
    PQputCopyData(connection, "1\tone\n", 6);
    PQputCopyEnd(connection, NULL);
    PQclear(PQgetResult(connection));
    PQclear(PQgetResult(connection));
    PQclear(PQexec(connection, "copy t from stdin"));
    PQputCopyEnd(connection, "changed my mind");
    PQclear(PQgetResult(connection));
    PQclear(PQgetResult(connection));
    PQclear(PQexec(connection, "copy t to stdout"));
    char *row;
    while (PQgetCopyData(connection, &row, 0) > 0)
        PQfreemem(row);
    PQclear(PQgetResult(connection));
    PQclear(PQgetResult(connection));
}

static void in_pipelines(PGconn *connection) {
    const char *texts[] = {"7", "it's \"quoted\"", NULL};
    const char binary[] = {0, 0, 0, 7};
    const char *binaries[] = {binary};
    const int lengths[] = {4}, formats[] = {1};
    const Oid types[] = {23};
    const char *zero[] = {"0"};

    PQenterPipelineMode(connection);
    PQsendQueryParams(connection, "select $1::int, $2::text, $3::date", 3, NULL, texts, NULL, NULL, 0);
    PQsendPrepare(connection, "s1", "select $1::int4 + 1", 1, types);
    PQsendDescribePrepared(connection, "s1");
    PQsendQueryPrepared(connection, "s1", 1, binaries, lengths, formats, 1);
    sync_pipeline(connection);
    drain(connection);

    /* An error, and what it skips. */
    PQsendQueryParams(connection, "select 1/$1::int", 1, NULL, zero, NULL, NULL, 0);
    PQsendQueryParams(connection, "select 2", 0, NULL, NULL, NULL, NULL, 0);
    sync_pipeline(connection);
    PQsendQueryParams(connection, "select 3", 0, NULL, NULL, NULL, NULL, 0);
    sync_pipeline(connection);
    while (pipelines_left > 0)
        drain(connection);

    /* A flush request, a transaction, a statement that is not there. */
    PQsendQueryParams(connection, "begin", 0, NULL, NULL, NULL, NULL, 0);
    PQsendFlushRequest(connection);
    PQsendQueryParams(connection, "select id from t", 0, NULL, NULL, NULL, NULL, 1);
    PQsendQueryParams(connection, "rollback", 0, NULL, NULL, NULL, NULL, 0);
    sync_pipeline(connection);
    drain(connection);
    PQsendQueryPrepared(connection, "nowhere", 0, NULL, NULL, NULL, 0);
    PQsendDescribePortal(connection, "nowhere either");
    sync_pipeline(connection);
    drain(connection);
    PQexitPipelineMode(connection);
}

static void rows_one_by_one(PGconn *connection) {
    PQsendQuery(connection, "select n from generate_series(1, 42) n");
    PQsetSingleRowMode(connection);
    PGresult *result;
    while ((result = PQgetResult(connection)))
        PQclear(result);
}

int main(int count, char **arguments) {
    if (count != 3)
        return 2;
    PGconn *connection = PQconnectdb(arguments[1]);
    if (PQstatus(connection) != CONNECTION_OK) {
        fprintf(stderr, "%s", PQerrorMessage(connection));
        return 1;
    }
    FILE *trace = fopen(arguments[2], "w");
    if (!trace)
        return 3;
    PQtrace(connection, trace);
    PQsetTraceFlags(connection, PQTRACE_SUPPRESS_TIMESTAMPS | PQTRACE_REGRESS_MODE);
    simple(connection);
    in_pipelines(connection);
    rows_one_by_one(connection);
    copies(connection);
    PQfinish(connection);
    fclose(trace);
    return 0;
}
