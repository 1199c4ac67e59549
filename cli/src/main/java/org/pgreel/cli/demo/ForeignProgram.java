package org.pgreel.cli.demo;

import java.nio.file.Path;
import java.util.Optional;
import org.pgreel.postgres.InstalledProgram;

/** A client that knows nothing of PgReel: psql if it is installed, otherwise a small program on the PostgreSQL JDBC driver. */
interface ForeignProgram {

    /** Returns what it is called in the demo's output. */
    String name();

    /**
     * Runs the same few statements, an error, COPY and NOTIFY among them, and returns all that it printed.
     *
     * @param login where it connects, and as whom
     */
    String run(Login login) throws ForeignProgramException, InterruptedException;

    /**
     * Where a program connects, and as whom.
     *
     * @param host the host
     * @param port the port
     * @param user the role
     * @param password its password
     * @param database the database
     */
    record Login(String host, int port, String user, String password, String database) {

        /** Never shows the password. */
        @Override
        public String toString() {
            return user + "@" + host + ":" + port + "/" + database;
        }
    }

    /** Returns the program that this machine has. */
    static ForeignProgram ofThisMachine() {
        Optional<Path> psql = InstalledProgram.find("psql");
        return psql.<ForeignProgram>map(PsqlProgram::new).orElseGet(JdbcProgram::new);
    }
}
