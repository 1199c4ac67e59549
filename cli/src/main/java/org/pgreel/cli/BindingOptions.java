package org.pgreel.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.proxy.BindingPolicy;
import org.pgreel.recorder.proxy.ProxyLogin;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a login that is bound to TLS gets through a proxy that ends TLS. */
final class BindingOptions {

    @Option(
            names = "--channel-binding",
            paramLabel = "POLICY",
            converter = PolicyConverter.class,
            description = "What becomes of the server's offer of channel binding: auto (whatever lets the client in), "
                    + "pass, strip, or reauthenticate (the proxy checks the client's password and logs in itself). "
                    + "Default: auto.")
    BindingPolicy policy = BindingPolicy.AUTO;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "As whom the proxy may log in itself; clients must know the same password.")
    @Nullable
    String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "The first line of FILE is that password; without it PGPASSWORD is.")
    @Nullable
    Path passwordFile;

    /**
     * Returns the credential that is given; null if none is.
     *
     * @throws CommandFailedException if it is incomplete, or its file cannot be read
     */
    @Nullable
    ProxyLogin login() {
        if (user == null) {
            if (policy == BindingPolicy.REAUTHENTICATE || passwordFile != null) {
                throw CommandFailedException.usage("the proxy logs in itself only as somebody; give --user NAME");
            }
            return null;
        }
        String password = passwordFile == null ? System.getenv("PGPASSWORD") : PasswordFile.firstLine(passwordFile);
        if (password == null || password.isEmpty()) {
            throw CommandFailedException.usage("--user needs a password; give --password-file FILE or set PGPASSWORD");
        }
        return new ProxyLogin(user, password);
    }

    /** Reads the policy's words. */
    static final class PolicyConverter implements ITypeConverter<BindingPolicy> {

        @Override
        public BindingPolicy convert(String word) {
            try {
                return BindingPolicy.of(word);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(Failures.what(e));
            }
        }
    }
}
