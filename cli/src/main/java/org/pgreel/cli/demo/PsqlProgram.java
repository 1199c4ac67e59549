package org.pgreel.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** psql, fed with a script; standard error goes where standard output goes, in the order of printing. */
final class PsqlProgram implements ForeignProgram {

    private static final String SCRIPT = """
            create temporary table planets (name text, moons int);
            copy planets from stdin;
            Mars\t2
            Jupiter\t95
            \\.
            select * from planets order by moons;
            copy planets to stdout;
            select moons / 0 from planets;
            begin;
            delete from planets;
            rollback;
            listen sky;
            notify sky, 'an eclipse';
            select count(*) from planets;
            """;

    private final Path psql;

    PsqlProgram(Path psql) {
        this.psql = psql;
    }

    @Override
    public String name() {
        return "psql";
    }

    @Override
    public String run(Login login) throws ForeignProgramException, InterruptedException {
        var builder = new ProcessBuilder(List.of(psql.toString(), "--no-psqlrc", "--no-password", "--echo-queries"))
                .redirectErrorStream(true);
        var environment = builder.environment();
        environment.keySet().removeIf(variable -> variable.startsWith("PG"));
        environment.put("PGHOST", login.host());
        environment.put("PGPORT", Integer.toString(login.port()));
        environment.put("PGUSER", login.user());
        environment.put("PGPASSWORD", login.password());
        environment.put("PGDATABASE", login.database());
        environment.put("PGSSLMODE", "disable");
        environment.put("PGCONNECT_TIMEOUT", "10");
        try {
            Process process = builder.start();
            try (var input = process.outputWriter(StandardCharsets.UTF_8)) {
                input.write(SCRIPT);
            }
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return printed;
        } catch (IOException e) {
            throw new ForeignProgramException(psql + " could not be run: " + e.getMessage(), e);
        }
    }
}
