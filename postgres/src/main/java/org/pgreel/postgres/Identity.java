package org.pgreel.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * As whom the server's programs run. PostgreSQL refuses to be root, so for root they run in a user namespace of their own, and where those are
 * forbidden as {@code nobody}.
 *
 * @param prefix what comes before each command
 * @param foreign whether the programs run as another user, who has to own the directory and to be able to read the binaries
 */
record Identity(List<String> prefix, boolean foreign) {

    private static final Identity ORDINARY = new Identity(List.of(), false);
    private static final Identity NAMESPACE = new Identity(List.of("unshare", "-U"), false);
    private static final Identity NOBODY =
            new Identity(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"), true);

    /** Returns the first identity that works on this machine. */
    static Identity ofThisMachine() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return ORDINARY;
        }
        for (Identity identity : List.of(NAMESPACE, NOBODY)) {
            if (identity.works()) {
                return identity;
            }
        }
        throw new PostgresUnavailableException(
                "PostgreSQL does not run as root, and on this machine neither 'unshare -U' nor 'setpriv'"
                        + " can run it as somebody else: start the program as an ordinary user, or name a container or the URL of a running server");
    }

    /** Tells whether a server can run on this machine at all. */
    static boolean isToBeHad() {
        try {
            ofThisMachine();
            return true;
        } catch (PostgresUnavailableException e) {
            return false;
        }
    }

    private boolean works() {
        try {
            return Program.run(command(List.of("true")), "").status() == 0;
        } catch (PostgresUnavailableException e) {
            return false;
        }
    }

    List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(arguments);
        return command;
    }

    /** Hands the directory over to the user that the programs run as. */
    void own(Path directory) throws IOException {
        if (foreign) {
            Program.run(List.of("chown", "-R", "65534:65534", directory.toString()), "")
                    .requireSuccess("chown of " + directory);
        }
    }
}
