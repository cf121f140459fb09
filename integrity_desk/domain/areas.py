"""Service areas and key areas: the two ways every register is divided for notices and counts."""

from __future__ import annotations

from integrity_desk.domain.fields import Choice


class ServiceArea(Choice):
    """The fifteen public services that towns and subdistricts make promises in.

    Source: city opinions of 2017, 四(八) 街道和乡镇公开承诺制度.
    """

    EMPLOYMENT = "employment", "就业"
    PROPERTY_MANAGEMENT = "property_management", "物业"
    SCHOOLING = "schooling", "就学"
    HOME_SERVICES = "home_services", "家政"
    FAMILY_PLANNING = "family_planning", "计生"
    ELDERLY_CARE = "elderly_care", "养老"
    DISABILITY = "disability", "助残"
    POVERTY_RELIEF = "poverty_relief", "扶贫"
    MEDICAL_INSURANCE = "medical_insurance", "医保"
    HOUSING = "housing", "住房"
    TRAVEL = "travel", "出行"
    PARKING = "parking", "停车"
    FIRE_AND_THEFT = "fire_and_theft", "防火防盗"
    SERVICE_FAMILIES = "service_families", "拥军优属"
    CONVENIENCE = "convenience", "便民服务"


class KeyArea(Choice):
    """The key areas of government-affairs integrity (重点领域政务诚信)."""

    SUBSIDIES = "subsidies", "财政资金补助"
    PROCUREMENT = "procurement", "政府采购"
    PPP = "ppp", "政府和社会资本合作"
    TENDERING = "tendering", "招标投标"
    INVESTMENT = "investment", "招商引资"
    DEBT = "debt", "地方政府债务"
    INSTITUTIONS = "institutions", "公益类事业单位"
    TOWNSHIPS = "townships", "街道和乡镇"
    STATISTICS = "statistics", "统计"
    ENFORCEMENT = "enforcement", "行政执法"
    POLICY_DELIVERY = "policy_delivery", "政策兑现"
