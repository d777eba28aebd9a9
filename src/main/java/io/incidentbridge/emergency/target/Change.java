package io.incidentbridge.emergency.target;

import com.fasterxml.jackson.databind.JsonNode;

/** The exact request that brings a target where it shall be: what a dry run prints is what a pass sends. */
public record Change(String method, String path, JsonNode body) {}
