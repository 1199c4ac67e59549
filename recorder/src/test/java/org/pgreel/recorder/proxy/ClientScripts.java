package org.pgreel.recorder.proxy;

/** What clients of several kinds do with a server, and print of it. */
final class ClientScripts {

    /** For psql. */
    static final String PSQL = """
            select n, md5(n::text) from generate_series(1, 20) n;
            create temp table t (a int, b text);
            copy t from stdin;
            1\tone
            2\ttwo
            \\.
            copy t to stdout;
            select 1/0;
            begin;
            savepoint s;
            selec;
            rollback to s;
            commit;
            select repeat('x', 300000) as wide \\gset
            select length(:'wide');
            select 'the end' as last;
            """;

    /** For Python with psycopg 3; its argument is a connection string. */
    static final String PSYCOPG = """
            import psycopg, sys
            with psycopg.connect(sys.argv[1], autocommit=True) as connection:
                cursor = connection.cursor()
                print(cursor.execute("select n, n * 1.5 from generate_series(1, %s) n", (5,)).fetchall())
                for i in range(8):
                    print(cursor.execute("select %s::text", (i,), prepare=True).fetchone())
                cursor.execute("create temp table t (a int, b text)")
                with cursor.copy("copy t from stdin") as copy:
                    for i in range(1000):
                        copy.write_row((i, "row %d" % i))
                print(cursor.execute("select count(*), md5(string_agg(b, ',' order by a)) from t").fetchone())
                with connection.pipeline():
                    results = [connection.execute("select %s", (i,)) for i in range(20)]
                print([result.fetchone()[0] for result in results])
                try:
                    cursor.execute("select 1/0")
                except psycopg.errors.DivisionByZero as error:
                    print(error.sqlstate)
                with cursor.copy("copy (select * from t order by a) to stdout") as copy:
                    print(sum(len(data) for data in copy))
            """;

    /** For Node.js with node-postgres; its arguments are a port, a database and {@code require} or {@code disable}. */
    static final String NODE = """
            const { Client } = require('pg');
            const [port, database, sslmode] = process.argv.slice(2);
            const ssl = sslmode === 'require' ? { rejectUnauthorized: false } : false;
            (async () => {
                const client = new Client({ host: '127.0.0.1', port: Number(port), database, ssl,
                    user: process.env.PGUSER, password: process.env.PGPASSWORD });
                await client.connect();
                console.log((await client.query('select n from generate_series(1, 5) n')).rows);
                for (let i = 0; i < 8; i++) {
                    const named = { name: 'plus', text: 'select $1::int + 1 as n', values: [i] };
                    console.log((await client.query(named)).rows);
                }
                try {
                    await client.query('select 1/0');
                } catch (error) {
                    console.log(error.code);
                }
                const told = new Promise((resolve) => client.on('notification', (n) => resolve(n.payload)));
                await client.query('listen news');
                await client.query("notify news, 'hello'");
                console.log(await told);
                console.log((await client.query('select $1 as t', ['x'.repeat(200000)])).rows[0].t.length);
                await client.end();
            })();
            """;

    private ClientScripts() {}
}
