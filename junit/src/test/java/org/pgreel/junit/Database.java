package org.pgreel.junit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The code under test in these tests: a program that asks a database. */
final class Database {
    /** Answers one question and lets the client stay. */
    static final String ONE_ANSWER = """
            use login
            use housekeeping
            statement "select 42" {
              B RowDescription n:int4
              B DataRow "42"
              B CommandComplete "SELECT 1"
            }
            """;

    private Database() {}

    static List<String> ask(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url + "&socketTimeout=30")) {
            return ask(connection, sql);
        }
    }

    static List<String> ask(Connection connection, String sql) throws SQLException {
        var rows = new ArrayList<String>();
        try (var statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }
}
