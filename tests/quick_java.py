"""How Java is started for tests: what runs for half a minute is compiled once and lightly, and has one collector."""

OPTIONS = {"JDK_JAVA_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}
"""In the environment of Java. Spark plans and computes the same; it takes half the processor's time."""
