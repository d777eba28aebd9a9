/**
 * Prevents one caller from looking like several: numbers in any usual spelling have one form by which they are compared.
 *
 * <p>Entry: {@link io.incidentbridge.phone.PhoneNumbers}.
 */
package io.incidentbridge.phone;
