// What pom.xml says, for Gradle 7.6 or newer: gradle test

import org.jetbrains.kotlin.gradle.dsl.JvmTarget

plugins {
    java
    kotlin("jvm") version "2.2.20"
}

val springBoot = providers.gradleProperty("springBoot").getOrElse("3.5.7")

repositories {
    mavenLocal() // PgReel is not on Maven Central yet: mvn -DskipTests install puts it here.
    mavenCentral()
}

dependencies {
    implementation(platform("org.springframework.boot:spring-boot-dependencies:$springBoot"))
    implementation("org.springframework.boot:spring-boot-starter-data-jpa")
    implementation("org.flywaydb:flyway-database-postgresql")
    implementation("org.liquibase:liquibase-core")
    implementation("org.postgresql:postgresql")
    if (springBoot.startsWith("4.")) {
        implementation("org.springframework.boot:spring-boot-starter-flyway")
        implementation("org.springframework.boot:spring-boot-starter-liquibase")
    }

    testImplementation(platform("org.pgreel:pgreel-bom:0.1.0"))
    testImplementation("org.pgreel:pgreel-junit")
    testImplementation("org.springframework.boot:spring-boot-starter-test")
    testRuntimeOnly("org.junit.platform:junit-platform-launcher")
}

tasks.withType<JavaCompile>().configureEach {
    options.release.set(17)
    options.compilerArgs.add("-parameters")
}

kotlin {
    compilerOptions {
        jvmTarget.set(JvmTarget.JVM_17)
    }
}

tasks.test {
    useJUnitPlatform()
    for (name in listOf("total", "pgreel.tapes")) {
        System.getProperty(name)?.let { systemProperty(name, it) }
    }
    doFirst {
        check(classpath.none { "net.openhft" in it.path }) { "Chronicle Queue is on the class path of the tests" }
    }
}
