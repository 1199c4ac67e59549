package org.pgreel.postgres;

/** How a role proves who it is: the methods of {@code pg_hba.conf} that need nothing but a password. */
public enum AuthMethod {
    /** Nothing is asked. */
    TRUST("trust", "scram-sha-256"),
    /** The password in clear text. */
    PASSWORD("password", "scram-sha-256"),
    /** The salted MD5 response; the password is stored as MD5 too, or the server would ask for SCRAM instead. */
    MD5("md5", "md5"),
    /** SCRAM-SHA-256, and SCRAM-SHA-256-PLUS over TLS. */
    SCRAM_SHA_256("scram-sha-256", "scram-sha-256");

    private final String hba;
    private final String passwordEncryption;

    AuthMethod(String hba, String passwordEncryption) {
        this.hba = hba;
        this.passwordEncryption = passwordEncryption;
    }

    /**
     * Returns the method's name in {@code pg_hba.conf}.
     *
     * @return the name, such as {@code scram-sha-256}
     */
    public String hba() {
        return hba;
    }

    /** Returns the {@code password_encryption} under which a password of this method has to be stored. */
    String passwordEncryption() {
        return passwordEncryption;
    }
}
