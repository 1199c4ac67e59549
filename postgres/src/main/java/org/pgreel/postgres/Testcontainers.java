package org.pgreel.postgres;

/** Tells whether the optional dependency is there, without touching a class that needs it. */
final class Testcontainers {

    private Testcontainers() {}

    static boolean isOnClassPath() {
        try {
            Class.forName(
                    "org.testcontainers.postgresql.PostgreSQLContainer", false, Testcontainers.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    static void require() {
        if (!isOnClassPath()) {
            throw new PostgresUnavailableException(
                    "a PostgreSQL in a container needs org.testcontainers:testcontainers-postgresql on the class path");
        }
    }
}
