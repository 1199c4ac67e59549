package org.pgreel.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.engine.AuthenticationMethod;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How clients of a server of ours prove who they are. */
final class CredentialOptions {

    private static final String CERTIFICATE = "cert";

    @Option(
            names = "--auth",
            paramLabel = "METHOD",
            converter = MethodConverter.class,
            description = "trust, password, md5, scram-sha-256, or cert (with --client-ca: a certificate whose common "
                    + "name is the user). Default: trust.")
    private Method method = new Method("trust", AuthenticationMethod.TRUST);

    @Option(names = "--user", paramLabel = "NAME", description = "The only user who may log in. Default: anyone.")
    @Nullable
    String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "The first line of FILE is the password; without it PGPASSWORD is.")
    @Nullable
    Path passwordFile;

    @Option(
            names = "--password",
            paramLabel = "TEXT",
            description = "The password itself; other users of this machine may see it in the list of processes.")
    @Nullable
    String password;

    /**
     * A method of authentication.
     *
     * @param word its word
     * @param asked what is asked for a password
     */
    record Method(String word, AuthenticationMethod asked) {}

    /** Returns how a password is asked for. */
    AuthenticationMethod auth() {
        return method.asked();
    }

    /** Returns the method's word. */
    String word() {
        return method.word();
    }

    /** Tells whether the common name of a client's certificate has to be the user. */
    boolean byCertificate() {
        return method.word().equals(CERTIFICATE);
    }

    /** Tells whether the command line says who may log in, or with which password. */
    boolean named() {
        return user != null || password != null || passwordFile != null;
    }

    /**
     * Returns the password that clients must give; empty if everybody is let in.
     *
     * @param err where to warn of a password on the command line
     * @throws CommandFailedException wrong usage: one is needed and none was given
     */
    String password(PrintWriter err) {
        if (auth() == AuthenticationMethod.TRUST) {
            return "";
        }
        String found = found(err);
        if (found.isEmpty()) {
            throw CommandFailedException.usage(
                    "--auth " + word() + " needs a password; give --password-file FILE or set PGPASSWORD");
        }
        return found;
    }

    /**
     * Returns the password that is given; empty if none is.
     *
     * @param err where to warn of a password on the command line
     */
    String passwordIfAny(PrintWriter err) {
        return found(err);
    }

    private String found(PrintWriter err) {
        if (password != null) {
            err.println("pgreel: warning: --password shows the password in the list of processes; use --password-file");
            err.flush();
            return password;
        }
        if (passwordFile != null) {
            return PasswordFile.firstLine(passwordFile);
        }
        String variable = System.getenv("PGPASSWORD");
        return variable == null ? "" : variable;
    }

    /** Reads the words of {@code pg_hba.conf}. */
    static final class MethodConverter implements ITypeConverter<Method> {

        @Override
        public Method convert(String word) {
            if (word.equals(CERTIFICATE)) {
                return new Method(word, AuthenticationMethod.TRUST);
            }
            for (AuthenticationMethod known : AuthenticationMethod.values()) {
                if (known.word().equals(word)) {
                    return new Method(word, known);
                }
            }
            throw new TypeConversionException("'" + word + "' is not one of trust, password, md5, scram-sha-256, cert");
        }
    }
}
