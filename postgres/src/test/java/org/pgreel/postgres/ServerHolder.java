package org.pgreel.postgres;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;

/** A program that starts a server, writes its directory to standard output and then does nothing until its input ends. */
final class ServerHolder {

    private ServerHolder() {}

    public static void main(String[] arguments) throws IOException {
        var server = PostgresServer.start(PostgresOptions.defaults());
        try (PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out))) {
            out.println(server.unixSocketDirectory().orElseThrow());
            out.flush();
            while (System.in.read() >= 0) {
                // Whatever comes in is of no interest.
            }
        }
    }
}
