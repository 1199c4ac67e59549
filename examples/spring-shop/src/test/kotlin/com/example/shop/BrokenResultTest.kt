package com.example.shop

import java.sql.DriverManager
import java.sql.SQLException
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test
import org.pgreel.junit.ReplayServer
import org.pgreel.junit.Script

/** A script in a test of Kotlin: the server is gone in the middle of a result. */
class BrokenResultTest {
    @Test
    @Script(
        """
        use login
        use housekeeping
        statement "select n from numbers" {
          B RowDescription n:int4
          B DataRow "1"
          B reset
        }
        F end
        """
    )
    fun aResultThatBreaksOffIsAnError(server: ReplayServer) {
        DriverManager.getConnection(server.jdbcUrl()).use { connection ->
            connection.createStatement().use { statement ->
                assertThatThrownBy { statement.executeQuery("select n from numbers") }
                    .isInstanceOf(SQLException::class.java)
            }
        }
    }
}
