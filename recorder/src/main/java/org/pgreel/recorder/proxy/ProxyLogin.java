package org.pgreel.recorder.proxy;

/**
 * A credential with which the proxy may log in at the server itself. {@link #toString()} does not show the password.
 *
 * @param user the role
 * @param password its password
 */
public record ProxyLogin(String user, String password) {

    @Override
    public String toString() {
        return "ProxyLogin[user=" + user + "]";
    }
}
